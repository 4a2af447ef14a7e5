package org.sparksbp.spikingmlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.sparksbp.cost.AlgorithmicComplexity;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.Work;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spikingmlp.RandomProjection.Signal;
import org.sparksbp.spikingmlp.SelfBackpropagatedSteps.Spread;

/**
 * The spiking multilayer perceptron (T. Zhang et al., Science Advances 7(43), eabh0146, 2021). For
 * each of T steps and each layer, with x the spikes of the layer below in this step:
 *
 * <pre>
 *   m = leak m (1 - s_previous) + sigmoid(x W + b) - inhibition;     s = [m &gt; threshold]
 * </pre>
 *
 * <p>The output is the mean of s over the steps, the loss the mean squared error over batch and
 * outputs, the optimiser Adam; see {@link SpikingMlpSettings} for others.
 *
 * <p>The rules {@code sbp-updates} and {@code bp-skipped} learn one update of {@code bp-every} by
 * backpropagation: that whose {@code epoch + batch} (epochs from 1, batches of a worker in an epoch
 * from 0) is a multiple of {@code bp-every}. In the first epoch this is the last of every ten; the
 * shift by the epoch keeps the share right where an epoch has few batches, and all workers agree.
 */
final class SpikingMlp implements Learner {

  private final SpikingMlpSettings settings;
  private final Topology topology;
  private final ParameterLayout layout;
  private final Connections connections;
  private final Connections gradient;
  private final Adam adam;
  private final ForwardPass forward;
  private final CoincidenceEnergy energy;
  private final BackwardPass backward;
  private final CreditAssignment otherUpdates;

  /** Of rules that learn whole updates by it. */
  private final Optional<CreditAssignment> updatesByBackpropagation;

  private final float[] outputGradient;

  SpikingMlp(
      SpikingMlpSettings settings,
      NetworkShape shape,
      Kernels kernels,
      SpikeFunction spikeFunction) {
    this.settings = settings;
    this.topology = new Topology(settings, shape);
    this.layout = topology.layout();
    this.connections = Connections.initial(topology, settings.seed(), settings.neuron().leak());
    this.gradient = new Connections(topology);
    this.adam = new Adam(topology, settings.adam(), kernels);
    this.forward = new ForwardPass(topology, settings, kernels, spikeFunction);
    this.energy = new CoincidenceEnergy(topology, settings.energyTerm(), kernels);
    this.backward = new BackwardPass(topology, settings, kernels, energy);
    this.otherUpdates = otherUpdates(kernels);
    this.updatesByBackpropagation =
        settings.rule() == LearningRule.SBP_UPDATES || settings.rule() == LearningRule.BP_SKIPPED
            ? Optional.of(new Backpropagation(topology, backward))
            : Optional.empty();
    this.outputGradient = new float[topology.outputs()];
  }

  private CreditAssignment otherUpdates(Kernels kernels) {
    long seed = settings.seed();
    return switch (settings.rule()) {
      case BP -> new Backpropagation(topology, backward);
      case BP_WITHOUT_BIASES ->
          new WithoutBiases(topology, new Backpropagation(topology, backward));
      case SBP, SBP_LOCAL_ONLY -> selfBackpropagation(kernels, Spread.BY_NEURON);
      case SBP_STEPS_ONLY -> new WithoutBiases(topology, exactSteps());
      case FLAT -> selfBackpropagation(kernels, Spread.FLAT);
      case FROZEN_HIDDEN -> new FrozenHiddenLayers();
      case SBP_UPDATES ->
          new WithoutBiases(topology, new SelfBackpropagatedUpdates(topology, kernels, seed));
      case BP_SKIPPED -> new WithoutBiases(topology, new FrozenHiddenLayers());
      case BRP, NRR -> new RandomProjection(topology, backward, kernels, Signal.TARGET, seed);
      case E_PROP -> new RandomProjection(topology, backward, kernels, Signal.ERROR, seed);
    };
  }

  private Backpropagation exactSteps() {
    return new Backpropagation(topology, backward, settings.exactSteps());
  }

  private CreditAssignment selfBackpropagation(Kernels kernels, Spread spread) {
    return new WithoutBiases(
        topology,
        new SelfBackpropagatedSteps(
            topology,
            backward,
            kernels,
            exactSteps(),
            settings.localSteps(),
            spread,
            settings.seed()));
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public float[] parameters() {
    float[] flat = new float[layout.size()];
    copyParametersTo(flat);
    return flat;
  }

  @Override
  public void copyParametersTo(float[] flat) {
    adam.copyTo(flat, connections.copyTo(flat, 0));
  }

  @Override
  public boolean hasFiniteParameters() {
    return connections.areFinite() && adam.isFinite();
  }

  @Override
  public void setParameters(float[] parameters) {
    layout.check(parameters);
    adam.copyFrom(parameters, connections.copyFrom(parameters, 0));
  }

  @Override
  public Inference learn(SpikeBatch batch, BatchPosition position) {
    Inference inference = computeGradient(batch, position);
    adam.updateInPlace(connections, gradient, settings.schedule().rate(position.epoch()));
    return inference;
  }

  /** Sets the gradient of the batch's loss by the rule, without a change of the weights. */
  private Inference computeGradient(SpikeBatch batch, BatchPosition position) {
    batch.checkShape(topology.size(0), topology.outputs());
    CreditAssignment hidden = credit(position);
    RandomStream random = drawing(position);
    int outputs = topology.outputs();
    float[] answers = new float[batch.size() * outputs];
    gradient.clear();
    backward.begin(connections);
    hidden.begin(connections, batch.size());
    Work work = energy.isOn() ? findEnergy(batch, position) : Work.NONE;
    for (int row = 0; row < batch.size(); row++) {
      Sample sample = batch.samples().get(row);
      present(sample, random, answers, row * outputs);
      work = work.plus(forward.work());
      settings
          .loss()
          .differentiate(
              answers,
              row * outputs,
              sample.target(),
              batch.size(),
              settings.readout().fires() ? topology.steps() : 1,
              outputGradient);
      backward.learnOutput(
          forward,
          outputGradient,
          sample.target(),
          batch.size(),
          hidden.outputResetPath(),
          gradient);
      hidden.assign(forward, sample.target(), outputGradient, gradient);
    }
    backward.finish(gradient);
    hidden.finish(gradient);
    return new Inference(answers, work.plus(learningWork(hidden, batch.size())));
  }

  /** What the input spikes of a batch that is learned are drawn from, sample after sample. */
  static RandomStream drawing(BatchPosition position) {
    return position.random("bernoulli-input");
  }

  /** What the input spikes of a sample that is inferred are drawn from. */
  static RandomStream drawing(long seed, Sample sample) {
    return RandomStream.of(seed, "bernoulli-inference/" + sample.id());
  }

  /** Presents the batch, with the spikes it is learned with, for the energy term alone. */
  private Work findEnergy(SpikeBatch batch, BatchPosition position) {
    RandomStream random = drawing(position);
    float[] answers = new float[topology.outputs()];
    Work work = Work.graded(energy.multiplyAccumulates());
    energy.begin();
    for (Sample sample : batch.samples()) {
      present(sample, random, answers, 0);
      energy.take(forward);
      work = work.plus(forward.work());
    }
    energy.finish(connections);
    return work;
  }

  /** The gradient that {@link #learn} would follow, weights and biases in the layout's order. */
  float[] gradient(SpikeBatch batch, BatchPosition position) {
    computeGradient(batch, position);
    List<float[]> arrays = gradient.arrays();
    float[] flat = new float[arrays.stream().mapToInt(array -> array.length).sum()];
    gradient.copyTo(flat, 0);
    return flat;
  }

  private CreditAssignment credit(BatchPosition position) {
    return settings.isTurnOfBackpropagation(position)
        ? updatesByBackpropagation.orElse(otherUpdates)
        : otherUpdates;
  }

  /** Products with errors, which are graded, also where the other factor is a spike. */
  private Work learningWork(CreditAssignment hidden, int size) {
    long outputMatrix = size * topology.steps() * topology.synapses(topology.matrices() - 1);
    return Work.graded(outputMatrix + hidden.multiplyAccumulates(size));
  }

  @Override
  public Inference infer(SpikeBatch batch) {
    return infer(batch, row -> {});
  }

  /** {@inheritDoc} All layers; the input as it is presented, drawn spikes included. */
  @Override
  public Optional<ActivityTrace> trace(SpikeBatch batch) {
    int steps = topology.steps();
    int last = topology.matrices();
    float[][] spikes = new float[last + 1][];
    for (int l = 0; l <= last; l++) {
      spikes[l] = new float[batch.size() * steps * topology.size(l)];
    }
    Inference inference =
        infer(
            batch,
            row -> {
              forward.input().write(steps, spikes[0], row * steps * topology.size(0));
              for (int l = 1; l <= last; l++) {
                int length = steps * topology.size(l);
                float[] fired = forward.trace(l).spikes();
                System.arraycopy(fired, 0, spikes[l], row * length, length);
              }
            });
    List<ActivityTrace.Layer> layers = new ArrayList<>();
    for (int l = 0; l <= last; l++) {
      String name = ActivityTrace.name(l, last);
      layers.add(
          new ActivityTrace.Layer(
              name, topology.size(l), steps, spikes[l], new float[0], new float[0]));
    }
    return Optional.of(new ActivityTrace(inference, layers));
  }

  /** Infers; a sample's presentation can be looked at when its row is told. */
  private Inference infer(SpikeBatch batch, IntConsumer presented) {
    batch.checkShape(topology.size(0), topology.outputs());
    int outputs = topology.outputs();
    float[] answers = new float[batch.size() * outputs];
    Work work = Work.NONE;
    for (int row = 0; row < batch.size(); row++) {
      Sample sample = batch.samples().get(row);
      present(sample, drawing(settings.seed(), sample), answers, row * outputs);
      work = work.plus(forward.work());
      presented.accept(row);
    }
    return new Inference(answers, work);
  }

  private void present(Sample sample, RandomStream random, float[] answers, int offset) {
    SpikeRaster input = forward.input();
    int stride = settings.stride(sample.spikes().steps());
    switch (settings.input()) {
      case SPIKES -> input.take(sample.spikes(), Math.max(1, stride));
      case BERNOULLI -> input.draw(sample.spikes(), topology.steps(), random);
    }
    if (settings.input() == InputCoding.SPIKES && stride == 0) {
      throw settings.unfit(sample.id() + " has ", sample.spikes().steps());
    }
    forward.run(connections, answers, offset);
  }

  @Override
  public double complexityPerEpoch() {
    return complexity().perEpoch(topology.sizes(), exactShare());
  }

  /** q, what of a hidden layer's learning is by backpropagation; of steps or of updates. */
  private double exactShare() {
    return switch (settings.rule()) {
      case SBP, SBP_STEPS_ONLY, SBP_LOCAL_ONLY, FLAT ->
          (double) settings.exactSteps().length / settings.steps();
      case SBP_UPDATES, BP_SKIPPED -> 1.0 / settings.bpEvery();
      case FROZEN_HIDDEN -> 0;
      case BP, BP_WITHOUT_BIASES, BRP, E_PROP, NRR -> 1;
    };
  }

  private AlgorithmicComplexity complexity() {
    return switch (settings.rule()) {
      case BP, BP_WITHOUT_BIASES -> AlgorithmicComplexity.BACKPROPAGATION;
      case SBP, SBP_LOCAL_ONLY, FLAT, SBP_UPDATES -> AlgorithmicComplexity.SPIKING_MLP_SBP;
      case SBP_STEPS_ONLY, BP_SKIPPED, FROZEN_HIDDEN ->
          AlgorithmicComplexity.SPIKING_MLP_WITHOUT_LOCAL_TERMS;
      case BRP -> AlgorithmicComplexity.BRP;
      case E_PROP, NRR ->
          settings.recurrence() == SpikingMlpSettings.Recurrence.HIDDEN
              ? AlgorithmicComplexity.E_PROP
              : AlgorithmicComplexity.E_PROP_FEED_FORWARD;
    };
  }
}
