package org.sparksbp.benchmark;

/** Work that can be done again and again on one thread, to see how fast it goes. */
interface BenchmarkCase extends AutoCloseable {

  /**
   * Does a piece of work.
   *
   * @return how many units it was
   */
  double work();

  @Override
  default void close() {}
}
