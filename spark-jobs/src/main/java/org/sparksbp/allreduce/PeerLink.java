package org.sparksbp.allreduce;

/** What two workers hand each other slices of vectors through; each has an end of it. */
interface PeerLink extends AutoCloseable {

  /** Sends without waiting for the other worker to take it. */
  void send(VectorSlice slice);

  /**
   * Waits for the other worker's next slice, whose values are good until {@link #recycle}.
   *
   * @throws PeerLostException if there will be none
   * @throws org.apache.spark.TaskKilledException if the waiting task is to end
   */
  VectorSlice receive();

  /** What has been received is not needed any more. */
  default void recycle() {}

  /** Sends no more: the other worker gets what has been sent, and then its waiting fails. */
  @Override
  void close();
}
