package org.sparksbp.snn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.neuron.DalesLaw;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.SpikeBatch;

/**
 * The reference: the equations line by line on ND4J arrays of either precision. It runs on whatever
 * back end ND4J has loaded, a GPU's included.
 *
 * <p>a_l is {@code [batch, N_l]}, W_l {@code [N_l, N_{l+1}]}, b_l {@code [1, N_l]}.
 */
final class Nd4jNetwork implements ComputePath {

  private final NetworkDefinition network;
  private final SnnSettings settings;
  private final DataType type;
  private final int last; // L
  private final INDArray[] weights; // W_0 .. W_{L-1}
  private final INDArray[] biases; // b_1 .. b_L, element 0 unused
  private final INDArray[] reversals; // V_E or V_I of each neuron, element 0 unused
  private Nd4jLayerState[] carried; // null before the first batch
  private PhaseObserver observer = PhaseObserver.NONE;
  private StepObserver steps = StepObserver.NONE;

  Nd4jNetwork(NetworkDefinition network, DataType type) {
    this.network = network;
    this.settings = network.settings();
    this.type = type;
    this.last = network.matrices();
    this.weights = new INDArray[last];
    this.biases = new INDArray[last + 1];
    this.reversals = new INDArray[last + 1];
    for (int l = 1; l <= last; l++) {
      double[] reversal = new double[network.sizes()[l]];
      for (int i = 0; i < reversal.length; i++) {
        reversal[i] = settings.membrane().reversal(network.inhibitory()[l], i);
      }
      reversals[l] = matrix(reversal, 1, reversal.length);
    }
    setParameters(network.initialParameters());
  }

  private INDArray matrix(double[] values, long rows, long columns) {
    return Nd4j.createFromArray(values).reshape(rows, columns).castTo(type);
  }

  /** Sets W_l and b_l in full precision. */
  void setLayer(int matrix, double[] weight, double[] bias) {
    weights[matrix] = matrix(weight, network.sizes()[matrix], network.sizes()[matrix + 1]);
    biases[matrix + 1] = matrix(bias, 1, bias.length);
  }

  INDArray weights(int matrix) {
    return weights[matrix];
  }

  INDArray biases(int layer) {
    return biases[layer];
  }

  @Override
  public void setParameters(float[] parameters) {
    List<ParameterLayout.Block> blocks = network.layout().blocks();
    for (int l = 0; l < last; l++) {
      setLayer(l, slice(parameters, blocks.get(l)), slice(parameters, blocks.get(last + l)));
    }
  }

  private static double[] slice(float[] parameters, ParameterLayout.Block block) {
    double[] values = new double[block.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[block.offset() + i];
    }
    return values;
  }

  @Override
  public float[] parameters() {
    List<ParameterLayout.Block> blocks = network.layout().blocks();
    float[] parameters = new float[network.layout().size()];
    for (int l = 0; l < last; l++) {
      put(weights[l], parameters, blocks.get(l).offset());
      put(biases[l + 1], parameters, blocks.get(last + l).offset());
    }
    return parameters;
  }

  private static void put(INDArray array, float[] parameters, int offset) {
    float[] values = floats(array);
    System.arraycopy(values, 0, parameters, offset, values.length);
  }

  private static float[] floats(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  @Override
  public Map<String, float[]> carriedState() {
    Map<String, float[]> state = new HashMap<>();
    for (int l = 1; carried != null && l <= last; l++) {
      for (StateVariable variable : StateVariable.values()) {
        state.put(variable.ofLayer(l), floats(carried[l].get(variable)));
      }
    }
    return state;
  }

  @Override
  public void setCarriedState(Map<String, float[]> state) {
    if (state.isEmpty()) {
      carried = null;
      return;
    }
    int batch = state.get(StateVariable.MEMBRANE.ofLayer(1)).length / network.sizes()[1];
    carried = initialState(batch);
    for (int l = 1; l <= last; l++) {
      for (StateVariable variable : StateVariable.values()) {
        INDArray values = Nd4j.createFromArray(state.get(variable.ofLayer(l)));
        carried[l].set(variable, values.reshape(batch, network.sizes()[l]).castTo(type));
      }
    }
  }

  @Override
  public void observe(PhaseObserver phaseObserver) {
    observer = phaseObserver;
  }

  @Override
  public Answer infer(SpikeBatch batch) {
    StepInput input = StepInput.of(settings, batch, type);
    Nd4jLayerState[] state = initialState(batch.size());
    INDArray[] a = new INDArray[last + 1];
    long[] spikes = spikingPhase(input, state, a);
    homeostaticPhase(state, a);
    return new Answer(floats(a[last]), spikes);
  }

  @Override
  public Answer trace(SpikeBatch batch, StepObserver stepObserver) {
    steps = stepObserver;
    try {
      return infer(batch);
    } finally {
      steps = StepObserver.NONE;
    }
  }

  @Override
  public Answer learn(SpikeBatch batch, BatchPosition position) {
    INDArray targets =
        Nd4j.createFromArray(batch.targets()).reshape(batch.size(), batch.outputs()).castTo(type);
    return learn(StepInput.of(settings, batch, type), targets, position);
  }

  /** The same with the targets y, {@code [batch, N_L]}, in this network's precision. */
  Answer learn(StepInput input, INDArray y, BatchPosition position) {
    boolean carries = settings.state() == SnnSettings.State.CARRIED;
    int batch = (int) y.rows();
    Nd4jLayerState[] state = initialState(batch);
    for (int l = 1; carries && carried != null && l <= last; l++) {
      state[l] = carried[l].rows(batch);
    }
    INDArray[] a = new INDArray[last + 1];
    long[] spikes = spikingPhase(input, state, a);
    homeostaticPhase(state, a);
    Answer answer = new Answer(floats(a[last]), spikes);
    INDArray[] p = clampedPhase(state, a, y);
    changeBiases(a, p);
    changeWeights(a, p, position);
    if (carries) {
      carried = state;
    }
    return answer;
  }

  private Nd4jLayerState[] initialState(int batch) {
    Nd4jLayerState[] state = new Nd4jLayerState[last + 1];
    for (int l = 1; l <= last; l++) {
      state[l] = new Nd4jLayerState(type, batch, network.sizes()[l]);
    }
    return state;
  }

  /** Phase 1; leaves a_1 .. a_L after the last step in {@code a}, and the input in a_0. */
  private long[] spikingPhase(StepInput input, Nd4jLayerState[] state, INDArray[] a) {
    long[] spikes = new long[last + 1];
    int count = settings.spikingPhase() ? settings.membrane().steps() : 0;
    for (int l = 1; l <= last; l++) {
      a[l] = sigma(state[l].get(StateVariable.MEMBRANE)); // what is left without any step
    }
    for (int k = 1; k <= count; k++) {
      a[0] = input.atStep(k, count);
      for (int l = 1; l <= last; l++) {
        INDArray current = sigma(a[l - 1].mmul(weights[l - 1]).addiRowVector(biases[l]));
        INDArray fired = integrate(state[l], current, reversals[l], (double) k / count);
        spikes[l] += fired.sumNumber().longValue();
        a[l] = sigma(state[l].get(StateVariable.MEMBRANE));
        if (steps != StepObserver.NONE) {
          steps.stepped(l, k, floats(fired), floats(a[l]));
        }
      }
    }
    a[0] = input.rates();
    report(Phase.SPIKING, state, a);
    return spikes;
  }

  /** One step of a layer's membrane; returns 1 where a neuron fired, else 0. */
  private INDArray integrate(Nd4jLayerState s, INDArray current, INDArray reversal, double share) {
    MembraneConstants c = settings.membrane();
    INDArray v = s.get(StateVariable.MEMBRANE);
    INDArray g = s.get(StateVariable.CONDUCTANCE);
    INDArray h = s.get(StateVariable.HOMEOSTATIC);
    INDArray drive =
        settings.shortTermPlasticity().map(stp -> filtered(stp, current)).orElse(current);

    // g += dt/tau_syn * (-g + g_leak + I)
    g.addi(g.neg().addi(c.leakConductance()).addi(drive).muli(c.synapticRate()));
    // v += dt/tau_m * (-(v - V_leak) - g/g_leak * (v - V_E or V_I))
    INDArray leak = v.sub(c.leakPotential());
    INDArray synaptic = g.div(c.leakConductance()).muli(v.subRowVector(reversal));
    v.subi(leak.addi(synaptic).muli(c.membraneRate()));
    // v = V_reset where v > V_th
    INDArray fired = v.gt(c.threshold()).castTo(type);
    v.muli(fired.rsub(1)).addi(fired.mul(c.resetPotential()));
    // v = (k/S) v + (1 - k/S) h
    v.muli(share).addi(h.mul(1 - share));
    return fired;
  }

  /** J of short-term plasticity. */
  private static INDArray filtered(ShortTermPlasticity c, INDArray current) {
    INDArray u = current.mul(c.facilitation()).addi(c.restingUtilisation());
    INDArray x = u.mul(current).muli(-c.consumption()).addi(c.restingResources());
    return u.mul(x).muli(current).addi(c.restingCurrent());
  }

  /** Phase 2; leaves h_l = a_l in the state. */
  private void homeostaticPhase(Nd4jLayerState[] state, INDArray[] a) {
    double epsilon = settings.relaxation().rate();
    for (int i = 0; i < settings.relaxation().homeostaticIterations(); i++) {
      relaxHidden(a);
      // a_L = relu(a_L - epsilon * (a_L - a_{L-1} W_{L-1} - b_L))
      INDArray error = a[last].sub(outputDrive(a));
      a[last] = Transforms.relu(a[last].sub(error.muli(epsilon)));
    }
    for (int l = 1; l <= last; l++) {
      state[l].set(StateVariable.HOMEOSTATIC, a[l]);
    }
    report(Phase.HOMEOSTATIC, state, a);
  }

  /** Phase 3; returns p_0 .. p_L. */
  private INDArray[] clampedPhase(Nd4jLayerState[] state, INDArray[] a, INDArray y) {
    double epsilon = settings.relaxation().rate();
    INDArray[] p = a.clone();
    for (int i = 0; i < settings.relaxation().clampedIterations(); i++) {
      relaxHidden(p);
      // p_L = relu(p_L - epsilon * (p_L - p_{L-1} W_{L-1} - b_L + beta (p_L - y)))
      INDArray pull = p[last].sub(y).muli(settings.relaxation().clamping());
      INDArray error = p[last].sub(outputDrive(p)).addi(pull);
      p[last] = Transforms.relu(p[last].sub(error.muli(epsilon)));
    }
    report(Phase.CLAMPED, state, p);
    return p;
  }

  /** a_l = sigma(a_l - epsilon * (a_l - (a_{l-1} W_{l-1} + a_{l+1} W_l^T) - b_l)), l = 1..L-1. */
  private void relaxHidden(INDArray[] a) {
    for (int l = 1; l < last; l++) {
      INDArray drive = a[l - 1].mmul(weights[l - 1]).addi(a[l + 1].mmul(weights[l].transpose()));
      INDArray error = a[l].sub(drive.addiRowVector(biases[l]));
      a[l] = sigma(a[l].sub(error.muli(settings.relaxation().rate())));
    }
  }

  private INDArray outputDrive(INDArray[] a) {
    return a[last - 1].mmul(weights[last - 1]).addiRowVector(biases[last]);
  }

  /** b_l += alpha_{l-1} * mean over the batch of (p_l - a_l)/beta. */
  private void changeBiases(INDArray[] a, INDArray[] p) {
    for (int l = settings.rule().changesHiddenLayers() ? 1 : last; l <= last; l++) {
      INDArray mean = p[l].sub(a[l]).mean(true, 0).divi(settings.relaxation().clamping());
      biases[l] = biases[l].add(mean.muli(settings.stepSize(l - 1)));
    }
  }

  private void changeWeights(INDArray[] a, INDArray[] p, BatchPosition position) {
    double scale = 1 / (settings.relaxation().clamping() * a[0].rows());
    List<INDArray> changes = settings.rule().changes(List.of(a), List.of(p), scale);
    for (int l = last - 1; l >= 0; l--) {
      INDArray change = changes.get(l);
      if (settings.noise() != UpdateNoise.NONE) {
        change = change.mul(noise(l, position));
      }
      change = change.mul(settings.stepSize(l));
      if (network.daleLaw() && l >= 1) {
        INDArray opposed = change.mul(weights[l]).lt(0).castTo(type);
        INDArray shrinking = weights[l].mul(DalesLaw.OPPOSED_CHANGE).muli(opposed);
        change = change.mul(opposed.rsub(1)).addi(shrinking);
      }
      weights[l] = weights[l].add(change);
    }
  }

  private INDArray noise(int matrix, BatchPosition position) {
    List<Double> factors = new ArrayList<>();
    for (int row = 0; row < network.sizes()[matrix]; row++) {
      RandomStream random = UpdateNoise.ofRow(position, matrix, row);
      for (int column = 0; column < network.sizes()[matrix + 1]; column++) {
        factors.add(settings.noise().factor(random, position.epoch()));
      }
    }
    return matrix(
        factors.stream().mapToDouble(Double::doubleValue).toArray(),
        network.sizes()[matrix],
        network.sizes()[matrix + 1]);
  }

  /** sigma(u) = 2/(1 + exp(-u)) - 1. */
  private static INDArray sigma(INDArray u) {
    return Transforms.sigmoid(u).muli(2).subi(1);
  }

  private void report(Phase phase, Nd4jLayerState[] state, INDArray[] a) {
    IntFunction<double[]> membrane = layer -> doubles(state[layer].get(StateVariable.MEMBRANE));
    observer.ended(phase, membrane, layer -> doubles(a[layer]));
  }

  static double[] doubles(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
