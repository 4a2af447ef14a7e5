package org.sparksbp.scale;

/**
 * A cluster, and how often it averages.
 *
 * @param workers parts that learn side by side
 * @param turns workers that share a core, at least 1: those on the busiest
 * @param executors processes that the workers are in
 * @param link bytes a second that an executor can send; not used where all are in one process
 * @param batches that a worker learns between two averagings
 */
record Setting(
    Transport transport, int workers, double turns, int executors, double link, int batches) {

  /** Parameters of 784-500-10, the network that is measured. */
  static final int PARAMETERS = 397_510;

  /** How workers average, {@code averaging.transport}. */
  enum Transport {
    DIRECT,
    SPARK_JOBS
  }

  /**
   * Seconds of rounds in a Spark job where workers average directly, as {@code RoundBatchSizer} has
   * it.
   *
   * @param launching seconds that a job costs beside its rounds
   */
  static double secondsOfJob(double launching) {
    return Math.max(2, Math.min(20, 10 * launching));
  }

  /**
   * Bytes that an executor sends in a round: its part of the sums in single precision if it has one
   * worker, in double where several were added up, and its slice of the averages to all.
   */
  double bytes() {
    int ofSums = workers == executors ? Float.BYTES : Double.BYTES;
    double toOthers = (executors - 1.0) / executors;
    return PARAMETERS * toOthers * (ofSums + Float.BYTES);
  }

  /** Seconds that the bytes take on the link. */
  double secondsOnLink() {
    return executors == 1 ? 0 : bytes() / link;
  }

  /** Messages that an executor sends in a round: one level to 64 executors, two above. */
  double messages() {
    if (executors <= 64) {
      return 2.0 * (executors - 1);
    }
    double group = Math.ceil(Math.sqrt(executors));
    return 2 * (group - 1 + Math.ceil(executors / group) - 1);
  }
}
