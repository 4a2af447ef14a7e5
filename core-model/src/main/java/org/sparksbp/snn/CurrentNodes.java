package org.sparksbp.snn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;

/**
 * Few steps of the spiking phase, the nodes, whose currents tell those of all steps: I(k) = sum
 * over j of weight_j(k) I(node_j).
 *
 * <p>Above a {@link SteadyFirstLayer}, activities grow in every neuron by nearly the same function
 * of time, so what one layer sends to the next needs products at the nodes alone. Nodes and weights
 * are found by the empirical interpolation method (M. Barrault, Y. Maday, N. C. Nguyen, A. T.
 * Patera, Comptes Rendus Mathematique 339, 667-672, 2004) on the currents sigma(b + w a(k)) for
 * activities a that the equations allow, biases b and weights w of every size up to {@link #RANGE},
 * and are checked on responses to responses. They depend on the constants alone, so a sample has
 * one result in whichever batch it is.
 *
 * <p>Node 0 is rest: no activity below, the bias alone. The last step always is a node.
 */
final class CurrentNodes {

  /** Largest drive by the layer below, its bias left out, for which the weights hold. */
  static final float RANGE = 1f;

  /** Largest accepted difference of an activity from the equations. */
  private static final double TOLERANCE = SteadyResponse.TOLERANCE / 2;

  private static final int MOST_NODES = 10;
  private static final double[] BIASES = {-4, -2, -1, -0.5, 0, 0.5, 1, 2, 4};
  private static final double[] DRIVES = {-1, -0.5, -0.2, 0.2, 0.5, 1};
  private static final double[] CHECKED_BIASES = {-3, -1, 0.3, 1.5};
  private static final double[] CHECKED_DRIVES = {-0.9, -0.6, -0.25, 0.1, 0.4, 0.8, 1};

  /** A part of the responses is enough to check by: neighbours differ little. */
  private static final int CHECKED_EVERY = 17;

  /** Found once a process: all trials of a sweep have the same constants as a rule. */
  private static final ConcurrentMap<List<Object>, Optional<CurrentNodes>> KNOWN =
      new ConcurrentHashMap<>();

  private final int[] nodes;
  private final double[][] weights; // [nodes, S + 1], the column of step 0 unused

  /** What a neuron answers to a current by the equations. */
  private record Response(double[] current, double reversal, double[] activities) {}

  private CurrentNodes(int[] nodes, double[][] weights) {
    this.nodes = nodes;
    this.weights = weights;
  }

  /**
   * Nodes for all layers behind the first.
   *
   * @param reversals those that neurons of the network have
   * @return empty if a neuron may fire, or {@value #MOST_NODES} nodes do not tell its activities to
   *     {@link SteadyResponse#TOLERANCE}
   */
  static Optional<CurrentNodes> of(SnnSettings settings, double... reversals) {
    List<Object> constants =
        List.of(
            settings.membrane(),
            settings.shortTermPlasticity(),
            Arrays.stream(reversals).boxed().toList());
    return KNOWN.computeIfAbsent(constants, key -> search(settings, reversals));
  }

  private static Optional<CurrentNodes> search(SnnSettings settings, double... reversals) {
    MembraneConstants constants = settings.membrane();
    List<double[]> shapes = new ArrayList<>();
    for (double reversal : reversals) {
      for (double current : new double[] {-1, -0.5, 0, 0.5, 1}) {
        shapes.add(SteadyResponse.activities(constants, reversal, k -> current));
      }
    }
    List<double[]> currents = currents(settings, shapes, BIASES, DRIVES);
    List<double[]> responses = new ArrayList<>();
    for (int i = 0; i < currents.size(); i += CHECKED_EVERY) {
      double[] current = currents.get(i);
      for (double reversal : reversals) {
        responses.add(SteadyResponse.activities(constants, reversal, k -> current[k]));
      }
    }
    if (shapes.stream().anyMatch(shape -> shape.length == 0)
        || responses.stream().anyMatch(response -> response.length == 0)) {
      return Optional.empty();
    }
    List<Response> checked = new ArrayList<>();
    for (double[] current : currents(settings, responses, CHECKED_BIASES, CHECKED_DRIVES)) {
      for (double reversal : reversals) {
        checked.add(
            new Response(
                current,
                reversal,
                SteadyResponse.activities(constants, reversal, k -> current[k])));
      }
    }
    return new Interpolation(currents).nodes(constants, checked);
  }

  /** I or J of steps 0 to S for a drive by each shape, scaled to each of some sizes. */
  private static List<double[]> currents(
      SnnSettings settings, List<double[]> shapes, double[] biases, double[] drives) {
    Optional<ShortTermPlasticity> filter = settings.shortTermPlasticity();
    List<double[]> currents = new ArrayList<>();
    for (double[] shape : shapes) {
      double largest = Arrays.stream(shape).map(Math::abs).max().orElse(0);
      for (double bias : biases) {
        for (double drive : drives) {
          double[] current = new double[shape.length + 1];
          for (int k = 0; k < current.length; k++) {
            double activity = k == 0 || largest == 0 ? 0 : shape[k - 1] / largest;
            double unfiltered = StrictMath.tanh((bias + RANGE * drive * activity) / 2);
            current[k] = filter.isPresent() ? filter.get().filtered(unfiltered) : unfiltered;
          }
          currents.add(current);
        }
      }
    }
    return currents;
  }

  /** The search for nodes: each is where the ones before it are most wrong. */
  private static final class Interpolation {
    private final List<double[]> residuals;
    private final List<double[]> basis = new ArrayList<>(); // 1 at its node
    private final List<Integer> nodes = new ArrayList<>();

    Interpolation(List<double[]> currents) {
      residuals = currents.stream().map(double[]::clone).toList();
    }

    Optional<CurrentNodes> nodes(MembraneConstants constants, List<Response> checked) {
      addNode(0);
      addNode(constants.steps());
      while (nodes.size() <= MOST_NODES) {
        CurrentNodes found = found();
        if (found.largestError(constants, checked) <= TOLERANCE) {
          return Optional.of(found);
        }
        if (!addNode(worstStep())) {
          break;
        }
      }
      return Optional.empty();
    }

    private int worstStep() {
      int worst = 0;
      double largest = 0;
      for (double[] residual : residuals) {
        for (int k = 0; k < residual.length; k++) {
          if (Math.abs(residual[k]) > largest) {
            largest = Math.abs(residual[k]);
            worst = k;
          }
        }
      }
      return worst;
    }

    /** Whether there was something left to tell at that step. */
    private boolean addNode(int step) {
      double[] largest = residuals.get(0);
      for (double[] residual : residuals) {
        largest = Math.abs(residual[step]) > Math.abs(largest[step]) ? residual : largest;
      }
      double pivot = largest[step];
      if (pivot == 0 || nodes.contains(step)) {
        return false;
      }
      double[] function = Arrays.stream(largest).map(value -> value / pivot).toArray();
      for (double[] residual : residuals) {
        double there = residual[step];
        for (int k = 0; k < residual.length; k++) {
          residual[k] -= there * function[k];
        }
      }
      basis.add(function);
      nodes.add(step);
      return true;
    }

    /** Weights from the basis: it is triangular, each function being 0 at the nodes before its. */
    private CurrentNodes found() {
      int count = nodes.size();
      double[][] weights = new double[count][];
      for (int j = count - 1; j >= 0; j--) {
        weights[j] = basis.get(j).clone();
        for (int later = j + 1; later < count; later++) {
          double there = basis.get(j)[nodes.get(later)];
          for (int k = 0; k < weights[j].length; k++) {
            weights[j][k] -= there * weights[later][k];
          }
        }
      }
      return new CurrentNodes(nodes.stream().mapToInt(Integer::intValue).toArray(), weights);
    }
  }

  /** Of the activities that interpolated currents give. */
  private double largestError(MembraneConstants constants, List<Response> checked) {
    double largest = 0;
    for (Response response : checked) {
      double[] current = response.current();
      double[] exact = response.activities();
      double[] interpolated =
          SteadyResponse.activities(constants, response.reversal(), k -> at(k, current));
      if (exact.length == 0 || interpolated.length == 0) {
        return Double.POSITIVE_INFINITY;
      }
      for (int k = 0; k < exact.length; k++) {
        largest = Math.max(largest, Math.abs(exact[k] - interpolated[k]));
      }
    }
    return largest;
  }

  private double at(int k, double[] current) {
    double sum = 0;
    for (int j = 0; j < nodes.length; j++) {
      sum += weights[j][k] * current[nodes[j]];
    }
    return sum;
  }

  int count() {
    return nodes.length;
  }

  /** The step of a node; 0 for rest. */
  int step(int node) {
    return nodes[node];
  }

  /**
   * What g is made of at every step: it is linear in the currents.
   *
   * @return {@code [S + 1, nodes + 1]}, the weight of each node's current, then what is there
   *     without any
   */
  float[][] conductances(MembraneConstants constants) {
    double rate = constants.synapticRate();
    double[] sums = new double[nodes.length + 1];
    float[][] conductances = new float[constants.steps() + 1][sums.length];
    for (int k = 1; k < conductances.length; k++) {
      for (int j = 0; j < nodes.length; j++) {
        sums[j] += rate * (weights[j][k] - sums[j]);
        conductances[k][j] = (float) sums[j];
      }
      sums[nodes.length] += rate * (constants.leakConductance() - sums[nodes.length]);
      conductances[k][nodes.length] = (float) sums[nodes.length];
    }
    return conductances;
  }
}
