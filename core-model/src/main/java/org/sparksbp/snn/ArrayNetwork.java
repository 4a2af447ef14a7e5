package org.sparksbp.snn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.learner.BatchInput;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.plasticity.PhaseActivities;
import org.sparksbp.spike.SpikeBatch;

/**
 * The fast path: the equations of {@link Nd4jNetwork} in single precision on plain row-major
 * arrays. What is constant is computed once a batch, inputs of 0 are skipped, and nothing is
 * allocated in the loops over steps and iterations.
 */
final class ArrayNetwork implements ComputePath {

  private final NetworkDefinition network;
  private final SnnSettings settings;
  private final Kernels kernels;
  private final int last; // L
  private final Synapses[] synapses; // W_0 .. W_{L-1}
  private final ArrayLayer[] layers; // 1 .. L, element 0 unused
  private final BatchInput batchInput;
  private final SparseMatrix input; // a_0
  private final float[][] free; // a_1 .. a_L
  private final float[][] clamped; // p_1 .. p_L
  private final PhaseActivities phases;
  private final SpikingPhase spikingPhase;
  private final WeightUpdate weightUpdate;
  private float[] inputDrive = new float[0]; // x W_0 + b_1, [batch, N_1]
  private Map<String, float[]> carried = Map.of();
  private PhaseObserver observer = PhaseObserver.NONE;

  ArrayNetwork(NetworkDefinition network, Kernels kernels) {
    this.network = network;
    this.settings = network.settings();
    this.kernels = kernels;
    this.last = network.matrices();
    int[] sizes = network.sizes();
    this.synapses = new Synapses[last];
    this.layers = new ArrayLayer[last + 1];
    for (int l = 0; l < last; l++) {
      // Only the first matrix is never used backwards.
      synapses[l] = new Synapses(kernels, sizes[l], sizes[l + 1], l > 0);
      layers[l + 1] = new ArrayLayer(settings.membrane(), network.inhibitory()[l + 1]);
    }
    this.batchInput = new BatchInput(InputVector.RATE, sizes[0]);
    this.input = batchInput.matrix();
    this.free = new float[last + 1][0];
    this.clamped = new float[last + 1][0];
    this.phases = new PhaseActivities(kernels, sizes, input, free, clamped);
    this.spikingPhase = new SpikingPhase(network, kernels, layers, synapses);
    this.weightUpdate = new WeightUpdate(network, kernels, synapses);
    setParameters(network.initialParameters());
  }

  @Override
  public float[] parameters() {
    float[] parameters = new float[network.layout().size()];
    copyParametersTo(parameters);
    return parameters;
  }

  @Override
  public void copyParametersTo(float[] flat) {
    List<ParameterLayout.Block> blocks = network.layout().blocks();
    for (int i = 0; i < blocks.size(); i++) {
      float[] values = values(i);
      System.arraycopy(values, 0, flat, blocks.get(i).offset(), values.length);
    }
  }

  @Override
  public boolean hasFiniteParameters() {
    boolean finite = true;
    for (int i = 0; i < network.layout().blocks().size(); i++) {
      finite &= FiniteNumbers.areAll(values(i));
    }
    return finite;
  }

  @Override
  public void setParameters(float[] parameters) {
    List<ParameterLayout.Block> blocks = network.layout().blocks();
    for (int i = 0; i < blocks.size(); i++) {
      float[] values = values(i);
      System.arraycopy(parameters, blocks.get(i).offset(), values, 0, values.length);
    }
    for (Synapses matrix : synapses) {
      matrix.changed();
    }
  }

  private float[] values(int block) {
    return block < last ? synapses[block].weights : layers[block - last + 1].bias;
  }

  @Override
  public Map<String, float[]> carriedState() {
    return carried;
  }

  @Override
  public void setCarriedState(Map<String, float[]> state) {
    carried = Map.copyOf(state);
  }

  @Override
  public void observe(PhaseObserver phaseObserver) {
    observer = phaseObserver;
  }

  @Override
  public Answer infer(SpikeBatch batch) {
    prepare(batch.size());
    clearState(batch.size());
    batchInput.of(batch);
    return free(batch, true);
  }

  @Override
  public Answer trace(SpikeBatch batch, StepObserver steps) {
    spikingPhase.observe(steps, batch.size());
    try {
      return infer(batch);
    } finally {
      spikingPhase.observe(StepObserver.NONE, 0);
    }
  }

  @Override
  public Answer learn(SpikeBatch batch, BatchPosition position) {
    batchInput.of(batch);
    return learn(batch, batch.size(), batch.targets(), position);
  }

  /** The same with rates that no spike train has. */
  Answer learn(int batch, float[] rates, float[] targets, BatchPosition position) {
    input.load(batch, rates);
    return learn(null, batch, targets, position);
  }

  private Answer learn(SpikeBatch spikes, int batch, float[] targets, BatchPosition position) {
    boolean carries = settings.state() == SnnSettings.State.CARRIED;
    prepare(batch);
    clearState(batch);
    if (carries && !carried.isEmpty()) {
      restoreState(batch);
    }
    Answer answer = spikes == null ? freeFromRates(batch, !carries) : free(spikes, !carries);
    if (carries) {
      carried = state(batch);
    }
    clampedPhase(batch, targets);
    double clamping = settings.relaxation().clamping();
    phases.refresh(batch, (float) (1 / (clamping * batch)));
    changeBiases(batch, clamping);
    weightUpdate.apply(phases, position);
    return answer;
  }

  private Answer free(SpikeBatch batch, boolean fromRest) {
    if (settings.input() == SnnSettings.Input.RATE) {
      return freeFromRates(batch.size(), fromRest);
    }
    driveByInput(batch.size());
    EventDrive events = new EventDrive(kernels, synapses[0], layers[1].bias, batch, settings);
    return finishFree(batch.size(), spikingPhase.run(batch.size(), events, free));
  }

  private Answer freeFromRates(int batch, boolean fromRest) {
    driveByInput(batch);
    if (!settings.spikingPhase()) {
      return finishFree(batch, activitiesAtRest(batch));
    }
    int length = batch * layers[1].neurons;
    System.arraycopy(inputDrive, 0, layers[1].drive, 0, length);
    long[] spikes =
        fromRest
            ? spikingPhase.runConstant(batch, free)
            : spikingPhase.run(batch, (k, drive) -> k == 1, free);
    return finishFree(batch, spikes);
  }

  /** a_l = sigma(0), where membranes that nothing drives stand. */
  private long[] activitiesAtRest(int batch) {
    for (int l = 1; l <= last; l++) {
      Arrays.fill(free[l], 0, batch * layers[l].neurons, 0f);
    }
    return new long[layers.length];
  }

  private Answer finishFree(int batch, long[] spikes) {
    report(Phase.SPIKING, batch, free);
    for (int i = 0; i < settings.relaxation().homeostaticIterations(); i++) {
      relaxHidden(batch, free);
      float[] drive = outputDrive(batch, free);
      relaxOutput(batch, drive, free[last]);
    }
    report(Phase.HOMEOSTATIC, batch, free);
    return new Answer(Arrays.copyOf(free[last], batch * layers[last].neurons), spikes);
  }

  private void driveByInput(int batch) {
    Synapses.fillRows(batch, layers[1].bias, inputDrive);
    input.multiplyAdd(kernels, layers[1].neurons, synapses[0].weights, inputDrive);
  }

  private void clampedPhase(int batch, float[] targets) {
    for (int l = 1; l <= last; l++) {
      System.arraycopy(free[l], 0, clamped[l], 0, batch * layers[l].neurons);
    }
    float clamping = (float) settings.relaxation().clamping();
    int length = batch * layers[last].neurons;
    for (int i = 0; i < settings.relaxation().clampedIterations(); i++) {
      relaxHidden(batch, clamped);
      float[] drive = outputDrive(batch, clamped);
      for (int at = 0; at < length; at++) {
        drive[at] -= clamping * (clamped[last][at] - targets[at]);
      }
      relaxOutput(batch, drive, clamped[last]);
    }
    report(Phase.CLAMPED, batch, clamped);
  }

  private void relaxHidden(int batch, float[][] activities) {
    float rate = (float) settings.relaxation().rate();
    for (int l = 1; l < last; l++) {
      ArrayLayer layer = layers[l];
      if (l == 1) {
        System.arraycopy(inputDrive, 0, layer.drive, 0, batch * layer.neurons);
      } else {
        Synapses.fillRows(batch, layer.bias, layer.drive);
        synapses[l - 1].addForward(batch, activities[l - 1], layer.drive);
      }
      synapses[l].addBackward(batch, activities[l + 1], layer.drive);
      kernels.relaxInPlace(rate, layer.drive, activities[l], 0, batch * layer.neurons);
    }
  }

  /** a_{L-1} W_{L-1} + b_L; without hidden layers that is the input's drive. */
  private float[] outputDrive(int batch, float[][] activities) {
    float[] drive = layers[last].drive;
    if (last == 1) {
      System.arraycopy(inputDrive, 0, drive, 0, batch * layers[1].neurons);
    } else {
      Synapses.fillRows(batch, layers[last].bias, drive);
      synapses[last - 1].addForward(batch, activities[last - 1], drive);
    }
    return drive;
  }

  /** a = relu(a - epsilon (a - drive)). */
  private void relaxOutput(int batch, float[] drive, float[] activity) {
    float rate = (float) settings.relaxation().rate();
    for (int i = 0; i < batch * layers[last].neurons; i++) {
      activity[i] = Math.max(activity[i] - rate * (activity[i] - drive[i]), 0f);
    }
  }

  private void changeBiases(int batch, double clamping) {
    for (int l = firstChangedLayer(); l <= last; l++) {
      ArrayLayer layer = layers[l];
      float scale = (float) (settings.stepSize(l - 1) / (clamping * batch));
      for (int row = 0; row < batch; row++) {
        kernels.scaledAdd(
            layer.neurons, scale, phases.difference(l), row * layer.neurons, layer.bias, 0);
      }
    }
  }

  private int firstChangedLayer() {
    return settings.rule().changesHiddenLayers() ? 1 : last;
  }

  private void prepare(int batch) {
    for (int l = 1; l <= last; l++) {
      layers[l].prepare(batch);
      int length = batch * layers[l].neurons;
      free[l] = Synapses.atLeast(free[l], length);
      clamped[l] = Synapses.atLeast(clamped[l], length);
    }
    inputDrive = Synapses.atLeast(inputDrive, batch * layers[1].neurons);
  }

  private void clearState(int batch) {
    for (int l = 1; l <= last; l++) {
      layers[l].clearState(batch);
    }
  }

  private void restoreState(int batch) {
    for (int l = 1; l <= last; l++) {
      for (StateVariable variable : StateVariable.values()) {
        float[] kept = carried.get(variable.ofLayer(l));
        int length = Math.min(batch * layers[l].neurons, kept.length);
        System.arraycopy(kept, 0, layers[l].array(variable), 0, length);
      }
    }
  }

  private Map<String, float[]> state(int batch) {
    Map<String, float[]> state = new HashMap<>();
    for (int l = 1; l <= last; l++) {
      for (StateVariable variable : StateVariable.values()) {
        // The homeostatic phase has just ended with the free activities.
        float[] now = variable == StateVariable.HOMEOSTATIC ? free[l] : layers[l].array(variable);
        state.put(variable.ofLayer(l), Arrays.copyOf(now, batch * layers[l].neurons));
      }
    }
    return Map.copyOf(state);
  }

  private void report(Phase phase, int batch, float[][] activities) {
    IntFunction<double[]> membrane = l -> doubles(layers[l].membrane, batch * layers[l].neurons);
    observer.ended(phase, membrane, l -> doubles(activities[l], batch * layers[l].neurons));
  }

  private static double[] doubles(float[] values, int length) {
    double[] copy = new double[length];
    for (int i = 0; i < length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }
}
