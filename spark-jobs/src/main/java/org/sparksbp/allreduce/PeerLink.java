package org.sparksbp.allreduce;

/** What two workers hand each other slices of vectors through; each has an end of it. */
interface PeerLink extends AutoCloseable {

  /** Sends without waiting for the other worker to take it. */
  void send(VectorSlice slice);

  /**
   * Waits for the other worker's next slice, whose values are good until the next call.
   *
   * @throws PeerLostException if there will be none
   * @throws org.apache.spark.TaskKilledException if the waiting task is to end
   */
  VectorSlice receive();

  /** Says that no more will be sent, and waits until all is, some seconds at most. */
  void finishSending();

  /** Waits until the other worker has finished sending, too, some seconds at most. */
  void awaitEnd();

  /** Ends at once; the other worker's waiting fails. */
  @Override
  void close();
}
