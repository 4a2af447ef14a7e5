package org.sparksbp.training;

import org.sparksbp.learner.WorkerMemory;

/** A worker's part of a round: what the driver gets, and what stays on the worker. */
final class WorkerResult {

  private final RoundSum sum;
  private final WorkerMemory memory;

  WorkerResult(RoundSum sum, WorkerMemory memory) {
    this.sum = sum;
    this.memory = memory;
  }

  RoundSum sum() {
    return sum;
  }

  WorkerMemory memory() {
    return memory;
  }
}
