package org.sparksbp.averaging;

/** Who trains the workers of a round and averages their parameters. */
public enum AveragingEngine {
  /** This software, for every model. */
  OWN("own"),

  /** {@code ParameterAveragingTrainingMaster} of Deeplearning4j, for its own networks. */
  DEEPLEARNING4J("deeplearning4j");

  /** The value of the key that leaves the choice to the model. */
  public static final String AUTO = "auto";

  private final String key;

  AveragingEngine(String key) {
    this.key = key;
  }

  /** The value of the configuration key {@code averaging.engine}. */
  public String key() {
    return key;
  }
}
