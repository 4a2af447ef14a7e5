package org.sparksbp.averaging;

/** How the workers' parameters come together; every way gives the same bits. */
public enum AveragingTransport {
  /** {@link #DIRECT} where it is possible, else {@link #SPARK_JOBS}. */
  AUTO("auto"),

  /** Workers hand their parameters to each other, many rounds in one Spark job. */
  DIRECT("direct"),

  /** Every round is a Spark job that brings the parameters to the driver. */
  SPARK_JOBS("spark-jobs");

  private final String key;

  AveragingTransport(String key) {
    this.key = key;
  }

  /** The value of the configuration key {@code averaging.transport}. */
  public String key() {
    return key;
  }
}
