package org.sparksbp.pack;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/** A member of a pack, to be used by one thread at a time. */
final class PackedLearner implements Learner {

  /** Samples that are given to the device before its answers are read. */
  private static final int SAMPLES_AT_ONCE = 4096;

  /** Samples that are inferred in one go. */
  static final int INFERRED_AT_ONCE = 1024;

  private final LearnerPack pack;
  private final int member;
  private final NetworkShape shape;
  private final ParameterLayout layout;
  private final double complexity;
  private final Supplier<Learner> onProcessor;
  private boolean finite = true; // as initial parameters are
  private boolean closed;

  PackedLearner(
      LearnerPack pack,
      int member,
      NetworkShape shape,
      ParameterLayout layout,
      double complexity,
      Supplier<Learner> onProcessor) {
    this.pack = pack;
    this.member = member;
    this.shape = shape;
    this.layout = layout;
    this.complexity = complexity;
    this.onProcessor = onProcessor;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public float[] parameters() {
    return pack.parameters(member);
  }

  @Override
  public void setParameters(float[] parameters) {
    layout.check(parameters);
    pack.setParameters(member, parameters);
    finite = FiniteNumbers.areAll(parameters);
  }

  @Override
  public boolean hasFiniteParameters() {
    return finite;
  }

  @Override
  public WorkerMemory memory() {
    return pack.memory(member);
  }

  @Override
  public void setMemory(WorkerMemory memory) {
    pack.setMemory(member, memory);
  }

  @Override
  public int batchesAtOnce(int batchSize) {
    return Math.max(1, SAMPLES_AT_ONCE / batchSize);
  }

  @Override
  public int inferredAtOnce() {
    return INFERRED_AT_ONCE;
  }

  @Override
  public Inference learn(SpikeBatch batch, BatchPosition position) {
    return learn(List.of(batch), List.of(position)).get(0);
  }

  @Override
  public List<Inference> learn(List<SpikeBatch> batches, List<BatchPosition> positions) {
    batches.forEach(batch -> batch.checkShape(shape.channels(), shape.outputs()));
    if (batches.isEmpty()) {
      return List.of();
    }
    PackCall.Result result = pack.call(member, batches, positions);
    finite = result.finite();
    return result.inferences();
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    batch.checkShape(shape.channels(), shape.outputs());
    return pack.call(member, List.of(batch), List.of()).inferences().get(0);
  }

  /** {@inheritDoc} On the processor, whose answer differs by rounding. */
  @Override
  public Optional<ActivityTrace> trace(SpikeBatch batch) {
    try (Learner learner = onProcessor.get()) {
      learner.setParameters(parameters());
      return learner.trace(batch);
    }
  }

  @Override
  public double complexityPerEpoch() {
    return complexity;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      pack.leave();
    }
  }
}
