package org.sparksbp.snn;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.sparksbp.neuron.MembraneConstants;

/**
 * Activity of a neuron that starts at rest and gets the same current in every step, as a polynomial
 * in the current: a(k, I) = sum over p of coefficient(k, p) I^p for I in [-1, 1].
 *
 * <p>A neuron that never reaches its threshold integrates smoothly, so that its activity in step k
 * is a smooth function of its current, and low powers tell it to beyond single precision. The
 * products of all steps with the next layer's weights then follow from the products of the few
 * powers: sum over p of coefficient(k, p) (I^p W). The polynomials are interpolated at Chebyshev
 * nodes and checked against the equations between the nodes.
 */
final class SteadyResponse {

  /** Largest accepted difference from the equations; a float near 0.1 has a spacing of 7e-9. */
  static final double TOLERANCE = 1e-8;

  private static final int LARGEST_DEGREE = 7;
  private static final int CHECKED_CURRENTS = 201;

  /** A potential this close to the threshold, relative to it, counts as a possible spike. */
  private static final double MARGIN = 0.01;

  private final double[][] coefficients; // [steps, degree + 1]

  private SteadyResponse(double[][] coefficients) {
    this.coefficients = coefficients;
  }

  /**
   * The response of neurons of one kind.
   *
   * @return empty if such a neuron may fire, or needs too many powers
   */
  static Optional<SteadyResponse> of(MembraneConstants constants, double reversal) {
    double[][] checked = new double[CHECKED_CURRENTS][];
    for (int i = 0; i < CHECKED_CURRENTS; i++) {
      double current = -1 + 2.0 * i / (CHECKED_CURRENTS - 1);
      checked[i] = activities(constants, reversal, k -> current);
      if (checked[i].length == 0) {
        return Optional.empty();
      }
    }
    for (int degree = 1; degree <= LARGEST_DEGREE; degree++) {
      SteadyResponse response = interpolated(constants, reversal, degree);
      if (response.largestError(checked) <= TOLERANCE) {
        return Optional.of(response);
      }
    }
    return Optional.empty();
  }

  int steps() {
    return coefficients.length;
  }

  int degree() {
    return coefficients[0].length - 1;
  }

  /** Of I^power in step k, k from 1. */
  float coefficient(int k, int power) {
    return (float) coefficients[k - 1][power];
  }

  /** a(k, I). */
  double activity(int k, double current) {
    double value = 0;
    for (int p = degree(); p >= 0; p--) {
      value = value * current + coefficients[k - 1][p];
    }
    return value;
  }

  private double largestError(double[][] checked) {
    double largest = 0;
    for (int i = 0; i < checked.length; i++) {
      double current = -1 + 2.0 * i / (checked.length - 1);
      for (int k = 1; k <= coefficients.length; k++) {
        double error = Math.abs(activity(k, current) - checked[i][k - 1]);
        largest = error <= largest ? largest : error; // NaN counts as large
      }
    }
    return largest;
  }

  /**
   * a(k) of a neuron that starts at rest, by the equations.
   *
   * @param current of step k, from 1
   * @return of step k at k - 1; empty if the neuron comes near its threshold
   */
  static double[] activities(MembraneConstants c, double reversal, IntToDoubleFunction current) {
    int steps = c.steps();
    double[] activities = new double[steps];
    double v = 0;
    double g = 0;
    for (int k = 1; k <= steps; k++) {
      g += c.synapticRate() * (-g + c.leakConductance() + current.applyAsDouble(k));
      v += c.membraneRate() * (-(v - c.leakPotential()) - g / c.leakConductance() * (v - reversal));
      if (!(v < c.threshold() - MARGIN * Math.abs(c.threshold()))) {
        return new double[0];
      }
      v *= (double) k / steps;
      activities[k - 1] = StrictMath.tanh(v / 2);
    }
    return activities;
  }

  private static SteadyResponse interpolated(
      MembraneConstants constants, double reversal, int degree) {
    int nodes = degree + 1;
    double[] currents = new double[nodes];
    double[][] values = new double[nodes][];
    for (int i = 0; i < nodes; i++) {
      currents[i] = StrictMath.cos(Math.PI * (i + 0.5) / nodes);
      double current = currents[i];
      values[i] = activities(constants, reversal, k -> current);
    }
    double[][] coefficients = new double[constants.steps()][nodes];
    for (int i = 0; i < nodes; i++) {
      double[] basis = lagrange(currents, i);
      for (int k = 0; k < coefficients.length; k++) {
        for (int p = 0; p < nodes; p++) {
          coefficients[k][p] += values[i][k] * basis[p];
        }
      }
    }
    return new SteadyResponse(coefficients);
  }

  /** Coefficients of the polynomial that is 1 at one node and 0 at the others. */
  private static double[] lagrange(double[] nodes, int one) {
    double[] basis = new double[nodes.length];
    basis[0] = 1;
    int degree = 0;
    for (int other = 0; other < nodes.length; other++) {
      if (other == one) {
        continue;
      }
      double scale = 1 / (nodes[one] - nodes[other]);
      degree++;
      for (int p = degree; p >= 0; p--) {
        double lower = p > 0 ? basis[p - 1] : 0;
        basis[p] = scale * (lower - nodes[other] * basis[p]);
      }
    }
    return basis;
  }
}
