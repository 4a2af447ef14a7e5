package org.sparksbp.averaging;

/** What becomes of the workers' parameters at the end of an averaging round. */
public enum AveragingMode {
  /** The mean of the workers' parameters, weighted by the samples each has learned. */
  PARAMETERS("parameters"),

  /**
   * The round's start plus the sum of the workers' changes: as many updates take effect as with one
   * worker. An optimiser's moments are no sums of updates and are averaged as in {@link
   * #PARAMETERS}.
   */
  UPDATES("updates");

  private final String key;

  AveragingMode(String key) {
    this.key = key;
  }

  /** The value of the configuration key {@code averaging.mode}. */
  public String key() {
    return key;
  }
}
