package org.sparksbp.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparksbp.cost.AlgorithmicComplexity;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * An energy-based network that learns by contrasting a free and a weakly clamped relaxation.
 *
 * <p>A training sample's free phase starts where its last free phase ended (at 0 the first time);
 * the clamped phase goes on from there. Inference starts every sample at 0 and so knows nothing of
 * earlier samples.
 */
final class EnergyLearner implements Learner {

  private final EnergySettings settings;
  private final NetworkShape shape;
  private final LayerSizes sizes;
  private final SparseMatrix input; // x of a batch
  private final ParameterScales scales;
  private final EnergyParameters parameters;
  private final PersistentStates persistent;
  private final StateRelaxation relaxation;
  private final ContrastiveUpdate update;

  EnergyLearner(EnergySettings settings, NetworkShape shape, Kernels kernels) {
    this.settings = settings;
    this.shape = shape;
    sizes = settings.layerSizes(shape);
    input = new SparseMatrix(sizes.inputs());
    Energy energy = Energy.of(settings);
    scales = ParameterScales.of(settings);
    parameters = new EnergyParameters(sizes, scales.start(), settings.seed());
    persistent = new PersistentStates(sizes);
    relaxation = new StateRelaxation(energy, parameters, settings.epsilon(), kernels);
    update = new ContrastiveUpdate(energy, scales, kernels);
  }

  @Override
  public ParameterLayout layout() {
    return parameters.layout();
  }

  @Override
  public float[] parameters() {
    return parameters.toFlat();
  }

  @Override
  public void setParameters(float[] flat) {
    parameters.set(flat);
  }

  /** Hidden and output states of every training sample seen, {@code [N_1 + .. + N_L]} by id. */
  @Override
  public WorkerMemory memory() {
    return persistent.toMemory();
  }

  @Override
  public void setMemory(WorkerMemory memory) {
    persistent.restore(memory);
  }

  @Override
  public Inference learn(SpikeBatch batch, BatchPosition position) {
    checkShape(batch);
    int size = batch.size();
    feed(batch);
    float[][] free = newStates(size);
    persistent.load(batch, free);
    relaxation.relax(settings.freeSteps(), free, size);
    persistent.store(batch, free);
    float[][] clamped = new float[free.length][];
    for (int l = 1; l < free.length; l++) {
      clamped[l] = free[l].clone();
    }
    float beta = signedBeta(position);
    relaxation.relaxClamped(settings.clampedSteps(), clamped, size, beta, batch.targets());
    update.applyInPlace(parameters, input, free, clamped, size, beta);
    return new Inference(
        free[parameters.layers()], new Work(learningMultiplyAccumulates() * size, 0, 0));
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    checkShape(batch);
    int size = batch.size();
    feed(batch);
    float[][] states = newStates(size);
    relaxation.relax(settings.inferenceSteps(), states, size);
    return inferred(states, size);
  }

  /** {@inheritDoc} Hidden and output states after every step of the free phase; no spikes. */
  @Override
  public Optional<ActivityTrace> trace(SpikeBatch batch) {
    checkShape(batch);
    int size = batch.size();
    int steps = settings.inferenceSteps();
    int last = parameters.layers();
    float[][] shown = new float[last + 1][0];
    for (int l = 1; l <= last; l++) {
      shown[l] = new float[size * steps * parameters.size(l)];
    }
    feed(batch);
    float[][] states = newStates(size);
    for (int step = 0; step < steps; step++) {
      relaxation.relax(1, states, size);
      for (int l = 1; l <= last; l++) {
        int neurons = parameters.size(l);
        for (int row = 0; row < size; row++) {
          int to = (row * steps + step) * neurons;
          System.arraycopy(states[l], row * neurons, shown[l], to, neurons);
        }
      }
    }
    List<ActivityTrace.Layer> layers = new ArrayList<>();
    for (int l = 1; l <= last; l++) {
      String name = ActivityTrace.name(l, last);
      layers.add(
          new ActivityTrace.Layer(
              name, parameters.size(l), steps, new float[0], shown[l], new float[0]));
    }
    return Optional.of(new ActivityTrace(inferred(states, size), layers));
  }

  private Inference inferred(float[][] states, int size) {
    long macs = inputSynapses() + innerSynapses() * 2L * settings.inferenceSteps();
    return new Inference(states[parameters.layers()], new Work(macs * size, 0, 0));
  }

  /** Both phases, and the products of the matrices that learn: W_0's one, the others' two. */
  private long learningMultiplyAccumulates() {
    int steps = settings.freeSteps() + settings.clampedSteps();
    long macs = inputSynapses() + innerSynapses() * 2L * steps;
    for (int matrix = scales.firstLearned(); matrix < sizes.matrices(); matrix++) {
      macs += sizes.synapses(matrix) * (matrix == 0 ? 1 : 2);
    }
    return macs;
  }

  @Override
  public double complexityPerEpoch() {
    AlgorithmicComplexity formula =
        scales.firstLearned() == 0
            ? AlgorithmicComplexity.RBM
            : AlgorithmicComplexity.RBM_FROZEN_HIDDEN;
    return formula.perEpoch(sizes);
  }

  private float signedBeta(BatchPosition position) {
    return switch (settings.betaSign()) {
      case POSITIVE -> settings.beta();
      case RANDOM ->
          position.random("beta-sign").nextBoolean() ? settings.beta() : -settings.beta();
    };
  }

  private float[][] newStates(int batch) {
    float[][] states = new float[parameters.layers() + 1][0];
    for (int l = 1; l < states.length; l++) {
      states[l] = new float[batch * parameters.size(l)];
    }
    return states;
  }

  private long inputSynapses() {
    return sizes.synapses(0);
  }

  private long innerSynapses() {
    return sizes.allSynapses() - sizes.synapses(0);
  }

  private void feed(SpikeBatch batch) {
    switch (settings.input()) {
      case RATE -> input.load(batch.size(), batch.rates());
      case FLATTENED -> loadFlattened(batch);
    }
    relaxation.feed(input, batch.size());
  }

  private void loadFlattened(SpikeBatch batch) {
    int channels = batch.channels();
    input.clear();
    for (int i = 0; i < batch.size(); i++) {
      int row = i;
      batch
          .samples()
          .get(row)
          .spikes()
          .forEach((step, channel) -> input.append(row, step * channels + channel, 1f));
    }
    input.finish(batch.size());
  }

  private void checkShape(SpikeBatch batch) {
    batch.checkShape(shape.channels(), shape.outputs());
    if (settings.input() == InputVector.FLATTENED) {
      batch.checkSteps(shape.steps());
    }
  }
}
