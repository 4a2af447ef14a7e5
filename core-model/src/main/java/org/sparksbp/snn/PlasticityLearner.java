package org.sparksbp.snn;

import java.util.Optional;
import org.sparksbp.cost.AlgorithmicComplexity;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * The plasticity-trained spiking network as a learner.
 *
 * <p>With carried state, v, g and h of the last learned batch are its worker memory, row by row; a
 * batch with more rows than the last starts the others at 0. Inference always starts at 0, so a
 * sample's answer never depends on what was seen before or beside it.
 */
final class PlasticityLearner implements Learner {

  private final NetworkDefinition network;
  private final ParameterLayout layout;
  private final ComputePath path;
  private final WorkCount workCount;

  PlasticityLearner(NetworkDefinition network, ComputePath path) {
    this.network = network;
    this.layout = network.layout();
    this.path = path;
    this.workCount = new WorkCount(network);
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public float[] parameters() {
    return path.parameters();
  }

  @Override
  public void copyParametersTo(float[] flat) {
    path.copyParametersTo(flat);
  }

  @Override
  public boolean hasFiniteParameters() {
    return path.hasFiniteParameters();
  }

  @Override
  public void setParameters(float[] parameters) {
    layout.check(parameters);
    path.setParameters(parameters);
  }

  @Override
  public WorkerMemory memory() {
    return new WorkerMemory(path.carriedState());
  }

  @Override
  public void setMemory(WorkerMemory memory) {
    CarriedState.check(network, memory);
    path.setCarriedState(memory.entries());
  }

  @Override
  public Inference learn(SpikeBatch batch, BatchPosition position) {
    checkShape(batch);
    ComputePath.Answer answer = path.learn(batch, position);
    return new Inference(answer.outputs(), workCount.of(batch, answer.spikes(), true));
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    checkShape(batch);
    ComputePath.Answer answer = path.infer(batch);
    return new Inference(answer.outputs(), workCount.of(batch, answer.spikes(), false));
  }

  /**
   * {@inheritDoc} Layers from the first hidden one on, in every step of the spiking phase and after
   * the homeostatic one; nothing where the spiking phase is switched off.
   */
  @Override
  public Optional<ActivityTrace> trace(SpikeBatch batch) {
    checkShape(batch);
    if (!network.settings().spikingPhase()) {
      return Optional.empty();
    }
    ActivityRecorder recorder = new ActivityRecorder(network, batch.size());
    path.observe(recorder);
    ComputePath.Answer answer;
    try {
      answer = path.trace(batch, recorder);
    } finally {
      path.observe(PhaseObserver.NONE);
    }
    Inference inference =
        new Inference(answer.outputs(), workCount.of(batch, answer.spikes(), false));
    return Optional.of(new ActivityTrace(inference, recorder.layers()));
  }

  private void checkShape(SpikeBatch batch) {
    int[] sizes = network.sizes();
    batch.checkShape(sizes[0], sizes[sizes.length - 1]);
  }

  @Override
  public double complexityPerEpoch() {
    LayerSizes sizes = LayerSizes.of(network.sizes());
    return network.settings().rule().changesHiddenLayers()
        ? AlgorithmicComplexity.SNN.perEpoch(sizes)
        : AlgorithmicComplexity.SNN.perEpochWithFrozenHidden(sizes);
  }

  @Override
  public void close() {
    path.close();
  }
}
