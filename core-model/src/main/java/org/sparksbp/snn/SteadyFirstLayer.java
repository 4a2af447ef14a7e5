package org.sparksbp.snn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparksbp.neuron.ShortTermPlasticity;

/**
 * A first layer whose current does not change and that starts at rest: its activity in any step is
 * a polynomial in its current.
 */
final class SteadyFirstLayer {

  private final List<Group> groups;

  /**
   * Neurons of one kind.
   *
   * @param members 1 for a neuron of the group, else 0
   */
  private record Group(SteadyResponse response, float[] members) {}

  private SteadyFirstLayer(List<Group> groups) {
    this.groups = groups;
  }

  /** Empty if some neuron of the first layer may fire. */
  static Optional<SteadyFirstLayer> of(NetworkDefinition network) {
    SnnSettings settings = network.settings();
    if (!settings.shortTermPlasticity().map(ShortTermPlasticity::staysWithinOne).orElse(true)) {
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
    return Optional.of(new SteadyFirstLayer(groups));
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

  /**
   * Writes a_1 of a step.
   *
   * @param k step, from 1
   * @param current {@code [batch, N_1]}
   * @param activity receives {@code [batch, N_1]}
   */
  void activity(int k, int batch, float[] current, float[] activity) {
    Group first = groups.get(0);
    evaluate(first.response, k, batch * first.members.length, current, activity);
    for (Group group : groups.subList(1, groups.size())) {
      float[] ofKind = new float[batch * group.members.length];
      evaluate(group.response, k, ofKind.length, current, ofKind);
      for (int i = 0; i < ofKind.length; i++) {
        activity[i] = group.members[i % group.members.length] > 0 ? ofKind[i] : activity[i];
      }
    }
  }

  /** By Horner's rule, a power at a time for all neurons, which the compiler vectorises. */
  private static void evaluate(
      SteadyResponse response, int k, int length, float[] current, float[] activity) {
    Arrays.fill(activity, 0, length, response.coefficient(k, response.degree()));
    for (int p = response.degree() - 1; p >= 0; p--) {
      float coefficient = response.coefficient(k, p);
      for (int i = 0; i < length; i++) {
        activity[i] = activity[i] * current[i] + coefficient;
      }
    }
  }
}
