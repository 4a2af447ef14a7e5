package org.sparksbp.snn;

import java.util.Arrays;
import java.util.List;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;
import org.sparksbp.plasticity.DifferentialStdp;
import org.sparksbp.plasticity.FrozenHidden;
import org.sparksbp.plasticity.PlasticityRule;
import org.sparksbp.plasticity.PostsynapticStdp;
import org.sparksbp.plasticity.PropagationConstants;
import org.sparksbp.plasticity.SelfBackpropagation;
import org.sparksbp.plasticity.SpreadDirection;
import org.sparksbp.plasticity.SymmetricStdp;

/** One network of a pack: what it has of its own on the device. */
final class PlasticityMember {

  static final int SCALARS = 3;

  /** The rules in the order of their numbers in network.cl. */
  private static final List<Class<? extends PlasticityRule>> RULES =
      List.of(
          DifferentialStdp.class,
          SymmetricStdp.class,
          PostsynapticStdp.class,
          SelfBackpropagation.class,
          FrozenHidden.class);

  private final NetworkDefinition network;
  private final SnnSettings settings;
  private int carriedRows;

  PlasticityMember(NetworkDefinition network) {
    this.network = network;
    this.settings = network.settings();
  }

  /** Whether a device computes a rule. */
  static boolean computes(PlasticityRule rule) {
    return RULES.contains(rule.getClass());
  }

  /** The numbers of network.cl. */
  float[] constants() {
    MembraneConstants membrane = settings.membrane();
    float[] constants = new float[28 + network.matrices()];
    constants[0] = (float) membrane.synapticRate();
    constants[1] = (float) membrane.membraneRate();
    constants[2] = (float) membrane.leakConductance();
    constants[3] = (float) (1 / membrane.leakConductance());
    constants[4] = (float) membrane.leakPotential();
    constants[5] = (float) membrane.threshold();
    constants[6] = (float) membrane.resetPotential();
    constants[7] = (float) membrane.excitatoryReversal();
    constants[8] = (float) membrane.inhibitoryReversal();
    constants[9] = (float) settings.relaxation().rate();
    constants[10] = (float) settings.relaxation().clamping();
    settings.shortTermPlasticity().ifPresent(filter -> putFilter(filter, constants));
    constants[16] = RULES.indexOf(settings.rule().getClass());
    if (settings.rule() instanceof SelfBackpropagation rule) {
      putPropagation(rule.propagation(), constants);
    }
    constants[26] = settings.noise().ordinal();
    constants[27] = network.daleLaw() ? 1 : 0;
    for (int l = 0; l < network.matrices(); l++) {
      constants[28 + l] = (float) settings.stepSize(l);
    }
    return constants;
  }

  private static void putFilter(ShortTermPlasticity filter, float[] constants) {
    constants[11] = (float) filter.restingUtilisation();
    constants[12] = (float) filter.facilitation();
    constants[13] = (float) filter.restingResources();
    constants[14] = (float) filter.consumption();
    constants[15] = (float) filter.restingCurrent();
  }

  private static void putPropagation(PropagationConstants propagation, float[] constants) {
    constants[17] = (float) propagation.fraction();
    constants[18] = (float) propagation.range();
    constants[19] = (float) propagation.presynaptic();
    constants[20] = (float) propagation.postsynaptic();
    constants[21] = (float) propagation.selfBackpropagated();
    constants[22] = propagation.normalisation().ordinal();
    constants[23] = propagation.direction() == SpreadDirection.INVERSE ? 1 : 0;
    constants[24] = (float) propagation.inverseOffset();
    constants[25] = propagation.matchNorm() ? 1 : 0;
  }

  /** 1 for each inhibitory neuron of the layers 1..L, else 0. */
  int[] inhibitory() {
    int neurons = Arrays.stream(network.sizes()).skip(1).sum();
    int[] flags = new int[neurons];
    int at = 0;
    for (int l = 1; l <= network.matrices(); l++) {
      for (boolean inhibitory : network.inhibitory()[l]) {
        flags[at++] = inhibitory ? 1 : 0;
      }
    }
    return flags;
  }

  WorkCount work() {
    return new WorkCount(network);
  }

  /** Rows whose state goes on to the next batch. */
  int carriedRows() {
    return carriedRows;
  }

  void carryRows(int rows) {
    carriedRows = rows;
  }

  /** Describes a batch that is learned, see {@link org.sparksbp.pack.PackModel#describe}. */
  void describe(
      int rows,
      BatchPosition position,
      long[] keys,
      int firstKey,
      float[] scalars,
      int firstScalar) {
    scalars[firstScalar] = carriedRows;
    scalars[firstScalar + 1] =
        settings.noise() == UpdateNoise.POISSON
            ? (float) settings.noise().factor(null, position.epoch())
            : 1;
    scalars[firstScalar + 2] = (float) (1 / (settings.relaxation().clamping() * rows));
    keys[firstKey] = UpdateNoise.ofBatch(position).counterAfter(0);
    if (settings.state() == SnnSettings.State.CARRIED) {
      carriedRows = rows;
    }
  }
}
