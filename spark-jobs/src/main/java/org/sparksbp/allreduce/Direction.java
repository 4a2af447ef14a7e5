package org.sparksbp.allreduce;

/**
 * One way between two workers.
 *
 * @param rendezvous secret that the workers of one job, and no others, have in common
 * @param from number of the worker that sends
 * @param to number of the worker that receives
 */
record Direction(String rendezvous, int from, int to) {

  /** The other way between the same workers. */
  Direction back() {
    return new Direction(rendezvous, to, from);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "worker " + from + " to worker " + to;
  }
}
