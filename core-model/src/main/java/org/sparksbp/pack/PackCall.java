package org.sparksbp.pack;

import java.util.List;
import java.util.function.Supplier;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.spike.SpikeBatch;

/** What a member wants done, and what came of it. */
final class PackCall {

  private final int member;
  private final List<SpikeBatch> batches;
  private final List<BatchPosition> positions;
  private final SampleStore.Found found;
  private Supplier<Result> result;
  private Throwable failure;

  /**
   * What came of a call.
   *
   * @param inferences of the batches
   * @param finite whether the parameters are, that it left; true where nothing was learned
   */
  record Result(List<Inference> inferences, boolean finite) {}

  /**
   * A call.
   *
   * @param positions of the batches, where they are learned; empty where they are inferred
   * @param found of the batches' samples
   */
  PackCall(
      int member,
      List<SpikeBatch> batches,
      List<BatchPosition> positions,
      SampleStore.Found found) {
    this.member = member;
    this.batches = batches;
    this.positions = positions;
    this.found = found;
  }

  int member() {
    return member;
  }

  List<SpikeBatch> batches() {
    return batches;
  }

  SampleStore.Found found() {
    return found;
  }

  boolean learns() {
    return !positions.isEmpty();
  }

  /** Null where the batch is inferred. */
  BatchPosition position(int batch) {
    return learns() ? positions.get(batch) : null;
  }

  int rows() {
    return batches.stream().mapToInt(SpikeBatch::size).sum();
  }

  /** Whether both can be done in the same launches. */
  boolean goesWith(PackCall other) {
    return learns() == other.learns()
        && batches.stream()
            .map(SpikeBatch::size)
            .toList()
            .equals(other.batches.stream().map(SpikeBatch::size).toList());
  }

  /** Notes that the device is done; the results are put together by who asks for them. */
  void end(Supplier<Result> results) {
    result = results;
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  boolean hasEnded() {
    return result != null || failure != null;
  }

  /** What came of it; by the thread that called. */
  Result result() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    return result.get();
  }
}
