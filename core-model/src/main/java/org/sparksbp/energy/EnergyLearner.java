package org.sparksbp.energy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparksbp.cost.AlgorithmicComplexity;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.BatchInput;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
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
  private final BatchInput input;
  private final ParameterScales scales;
  private final EnergyParameters parameters;
  private final PersistentStates persistent;
  private final StateRelaxation relaxation;
  private final ContrastiveUpdate update;
  private final EnergyWork work;
  private final float[][] free; // states of a batch, [batch, N_l] at index l = 1..L
  private final float[][] clamped;
  private float[] targets = new float[0]; // y, [batch, N_L]

  EnergyLearner(EnergySettings settings, NetworkShape shape, Kernels kernels) {
    this.settings = settings;
    this.shape = shape;
    sizes = settings.layerSizes(shape);
    input = new BatchInput(settings.input(), sizes.inputs());
    Energy energy = Energy.of(settings);
    scales = ParameterScales.of(settings);
    parameters = new EnergyParameters(sizes, scales.start(), settings.seed());
    persistent = new PersistentStates(sizes);
    relaxation = new StateRelaxation(energy, parameters, settings.epsilon(), kernels);
    update = new ContrastiveUpdate(energy, scales, kernels);
    work = EnergyWork.of(settings, sizes, scales.firstLearned());
    free = new float[sizes.matrices() + 1][0];
    clamped = new float[sizes.matrices() + 1][0];
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
  public void copyParametersTo(float[] flat) {
    parameters.copyTo(flat);
  }

  @Override
  public boolean hasFiniteParameters() {
    return parameters.areFinite();
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
    SparseMatrix x = input.of(batch);
    relaxation.feed(x, size);
    makeRoom(free, size);
    persistent.load(batch, free);
    relaxation.relax(settings.freeSteps(), free, size);
    persistent.store(batch, free);
    makeRoom(clamped, size);
    for (int l = 1; l < free.length; l++) {
      System.arraycopy(free[l], 0, clamped[l], 0, free[l].length);
    }
    float beta = settings.signedBeta(position);
    loadTargets(batch);
    relaxation.relaxClamped(settings.clampedSteps(), clamped, size, beta, targets);
    update.applyInPlace(parameters, x, free, clamped, size, beta);
    return new Inference(outputs(), work.learned(size));
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    checkShape(batch);
    int size = batch.size();
    relaxation.feed(input.of(batch), size);
    startAtZero(size);
    relaxation.relax(settings.inferenceSteps(), free, size);
    return inferred(size);
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
    relaxation.feed(input.of(batch), size);
    startAtZero(size);
    for (int step = 0; step < steps; step++) {
      relaxation.relax(1, free, size);
      for (int l = 1; l <= last; l++) {
        int neurons = parameters.size(l);
        for (int row = 0; row < size; row++) {
          int to = (row * steps + step) * neurons;
          System.arraycopy(free[l], row * neurons, shown[l], to, neurons);
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
    return Optional.of(new ActivityTrace(inferred(size), layers));
  }

  private Inference inferred(int size) {
    return new Inference(outputs(), work.inferred(size));
  }

  /** The outputs' states after the free phase; a copy. */
  private float[] outputs() {
    return free[parameters.layers()].clone();
  }

  @Override
  public double complexityPerEpoch() {
    return scales.firstLearned() == 0
        ? AlgorithmicComplexity.RBM.perEpoch(sizes)
        : AlgorithmicComplexity.RBM.perEpochWithFrozenHidden(sizes);
  }

  /** Makes room for a batch's states, {@code [batch, N_l]} at index l; holds anything. */
  private void makeRoom(float[][] states, int batch) {
    for (int l = 1; l < states.length; l++) {
      int length = batch * parameters.size(l);
      if (states[l].length != length) {
        states[l] = new float[length];
      }
    }
  }

  private void startAtZero(int batch) {
    makeRoom(free, batch);
    for (float[] states : free) {
      Arrays.fill(states, 0f);
    }
  }

  private void loadTargets(SpikeBatch batch) {
    int outputs = batch.outputs();
    if (targets.length != batch.size() * outputs) {
      targets = new float[batch.size() * outputs];
    }
    for (int row = 0; row < batch.size(); row++) {
      float[] target = batch.samples().get(row).target();
      System.arraycopy(target, 0, targets, row * outputs, outputs);
    }
  }

  private void checkShape(SpikeBatch batch) {
    batch.checkShape(shape.channels(), shape.outputs());
    if (settings.input() == InputVector.FLATTENED) {
      batch.checkSteps(shape.steps());
    }
  }
}
