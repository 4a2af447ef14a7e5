package org.sparksbp.snn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.neuron.ShortTermPlasticity;

/**
 * A first layer whose current does not change and that starts at rest: what it sends to the second
 * layer in every step, from the products of a few powers of its currents.
 */
final class SteadyFirstLayer {

  private final Kernels kernels;
  private final int neurons;
  private final List<Group> groups;

  /** Neurons of one kind, with the products I^p W_1 of their powers. */
  private static final class Group {
    final SteadyResponse response;
    final float[] members; // 1 for a neuron of the group, else 0
    final float[][] products;

    Group(SteadyResponse response, float[] members) {
      this.response = response;
      this.members = members;
      this.products = new float[response.degree() + 1][0];
    }
  }

  private float[] power = new float[0];

  private SteadyFirstLayer(Kernels kernels, int neurons, List<Group> groups) {
    this.kernels = kernels;
    this.neurons = neurons;
    this.groups = groups;
  }

  /** For its coefficients alone; empty if some neuron of the first layer may fire. */
  static Optional<SteadyFirstLayer> of(NetworkDefinition network) {
    return of(network, null);
  }

  /** Empty if some neuron of the first layer may fire. */
  static Optional<SteadyFirstLayer> of(NetworkDefinition network, Kernels kernels) {
    SnnSettings settings = network.settings();
    if (!settings.shortTermPlasticity().map(SteadyFirstLayer::staysInRange).orElse(true)) {
      return Optional.empty();
    }
    boolean[] inhibitory = network.inhibitory()[1];
    List<Group> groups = new ArrayList<>();
    for (boolean kind : new boolean[] {false, true}) {
      float[] members = new float[inhibitory.length];
      int count = 0;
      for (int i = 0; i < members.length; i++) {
        members[i] = inhibitory[i] == kind ? 1 : 0;
        count += inhibitory[i] == kind ? 1 : 0;
      }
      if (count == 0) {
        continue;
      }
      double reversal =
          kind
              ? settings.membrane().inhibitoryReversal()
              : settings.membrane().excitatoryReversal();
      Optional<SteadyResponse> response = SteadyResponse.of(settings.membrane(), reversal);
      if (response.isEmpty()) {
        return Optional.empty();
      }
      groups.add(new Group(response.get(), members));
    }
    return Optional.of(new SteadyFirstLayer(kernels, inhibitory.length, groups));
  }

  /** Whether J stays in [-1, 1], where responses are known, for every I in [-1, 1]. */
  private static boolean staysInRange(ShortTermPlasticity filter) {
    // J is a cubic in I; a bound by its coefficients' sizes is enough.
    double utilisation = Math.abs(filter.restingUtilisation()) + Math.abs(filter.facilitation());
    double resources =
        Math.abs(filter.restingResources()) + Math.abs(filter.consumption()) * utilisation;
    return Math.abs(filter.restingCurrent()) + utilisation * resources <= 1;
  }

  /**
   * Takes a batch's currents.
   *
   * @param current {@code [batch, N_1]}
   */
  void prepare(int batch, float[] current, Synapses synapses) {
    int length = batch * neurons;
    power = power.length < length ? new float[length] : power;
    for (Group group : groups) {
      Synapses.fillRows(batch, group.members, power);
      for (int p = 0; p < group.products.length; p++) {
        if (p > 0) {
          for (int i = 0; i < length; i++) {
            power[i] *= current[i];
          }
        }
        int products = batch * synapses.outputs;
        group.products[p] = Synapses.atLeast(group.products[p], products);
        Arrays.fill(group.products[p], 0, products, 0f);
        synapses.addForward(batch, power, group.products[p]);
      }
    }
  }

  /** {@code drive += a_1 W_1} of step k; drive is {@code [batch, N_2]}. */
  void addDrive(int k, int length, float[] drive) {
    for (Group group : groups) {
      for (int p = 0; p < group.products.length; p++) {
        kernels.scaledAdd(length, group.response.coefficient(k, p), group.products[p], 0, drive, 0);
      }
    }
  }

  /** Number of steps. */
  int steps() {
    return groups.get(0).response.steps();
  }

  /** Kinds of neurons, 1 where all answer alike. */
  int kinds() {
    return groups.size();
  }

  /** Powers that a response is a sum of, the 0th included; as many as the longest has. */
  int powers() {
    return groups.stream().mapToInt(group -> group.response.degree() + 1).max().orElseThrow();
  }

  /**
   * The responses' coefficients.
   *
   * @return {@code [kinds, steps, powers]}, excitatory neurons first where there are both kinds
   */
  float[] coefficients() {
    float[] all = new float[kinds() * steps() * powers()];
    int at = 0;
    for (Group group : groups) {
      for (int k = 1; k <= steps(); k++) {
        for (int p = 0; p <= group.response.degree(); p++) {
          all[at + p] = group.response.coefficient(k, p);
        }
        at += powers();
      }
    }
    return all;
  }

  /** a_1 after step k, from 1. */
  void activity(int k, int batch, float[] current, float[] activity) {
    int length = batch * neurons;
    Arrays.fill(activity, 0, length, 0f);
    for (Group group : groups) {
      for (int row = 0; row < batch; row++) {
        int start = row * neurons;
        for (int j = 0; j < neurons; j++) {
          float value = 0;
          for (int p = group.response.degree(); p >= 0; p--) {
            value = value * current[start + j] + group.response.coefficient(k, p);
          }
          activity[start + j] += group.members[j] * value;
        }
      }
    }
  }
}
