package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * sigma(x) = tanh(x / 2) on vectors.
 *
 * <p>For |x| at most 1: x times a polynomial of degree 4 in x^2; above: a quotient of two
 * polynomials of degree 4 in x^2; from 16.5 on: 1. The coefficients are minimax fits of the
 * relative error (iteratively reweighted least squares in double precision). A lane's value depends
 * on that lane alone; the quotient is left out where no lane needs it, as for membrane potentials,
 * which makes those three times as fast.
 *
 * <p>Largest error against {@link Math#tanh} over all floats: {@value #MAXIMUM_ERROR}, relative and
 * absolute; |sigma| never exceeds 1; sigma(-x) = -sigma(x); sigma of NaN is NaN.
 */
final class SigmaLanes {

  /** Relative to the value, which is itself at most 1. */
  static final double MAXIMUM_ERROR = 3.5e-7;

  private static final float SMALL = 1f;
  private static final float SATURATED = 16.5f;
  private static final int SIGN = 0x80000000;

  private static final float S0 = 0.5f;
  private static final float S1 = -0.041666336357593536f;
  private static final float S2 = 0.004163993522524834f;
  private static final float S3 = -0.0004139537049923092f;
  private static final float S4 = 3.3466807508375496e-05f;

  private static final float P0 = 0.4999999940900632f;
  private static final float P1 = 0.016766556843334217f;
  private static final float P2 = 0.00011043828591099563f;
  private static final float P3 = 1.6602356981894026e-07f;
  private static final float P4 = 2.786951505660017e-11f;
  private static final float Q1 = 0.11686642052095217f;
  private static final float Q2 = 0.0016264215504035913f;
  private static final float Q3 = 5.232596936262574e-06f;
  private static final float Q4 = 3.181682895709746e-09f;

  private SigmaLanes() {}

  static FloatVector sigma(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector near =
        square
            .fma(Lanes.broadcast(S4), Lanes.broadcast(S3))
            .fma(square, Lanes.broadcast(S2))
            .fma(square, Lanes.broadcast(S1))
            .fma(square, Lanes.broadcast(S0))
            .mul(x);
    // Not "greater": a NaN has to take the long way, which keeps it.
    VectorMask<Float> small = square.compare(VectorOperators.LE, SMALL);
    return small.allTrue() ? near : far(x, square).blend(near, small);
  }

  private static FloatVector far(FloatVector x, FloatVector square) {
    FloatVector size = x.abs();
    FloatVector numerator =
        square
            .fma(Lanes.broadcast(P4), Lanes.broadcast(P3))
            .fma(square, Lanes.broadcast(P2))
            .fma(square, Lanes.broadcast(P1))
            .fma(square, Lanes.broadcast(P0))
            .mul(size);
    FloatVector denominator =
        square
            .fma(Lanes.broadcast(Q4), Lanes.broadcast(Q3))
            .fma(square, Lanes.broadcast(Q2))
            .fma(square, Lanes.broadcast(Q1))
            .fma(square, Lanes.broadcast(1f));
    FloatVector quotient = numerator.div(denominator);
    FloatVector one = Lanes.broadcast(1f);
    // Rounding may lift the quotient one unit above 1.
    FloatVector bounded =
        quotient
            .blend(one, quotient.compare(VectorOperators.GT, one))
            .blend(one, size.compare(VectorOperators.GT, SATURATED));
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return bounded.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  static void sigmaInPlace(float[] x, int offset, int length) {
    float[] pad = Lanes.pad();
    int rest = length % Lanes.COUNT;
    int end = offset + length - rest;
    Lanes.copy(rest, x, end, pad, 0);
    for (int i = offset; i < offset + length; i += Lanes.COUNT) {
      float[] place = i < end ? x : pad;
      int at = i < end ? i : 0;
      sigma(Lanes.load(place, at)).intoArray(place, at);
    }
    Lanes.copy(rest, pad, 0, x, end);
  }

  /** sigmoid(x) = 1/2 + sigma(x)/2, so its absolute error is half of sigma's. */
  private static FloatVector sigmoid(FloatVector x) {
    FloatVector half = Lanes.broadcast(0.5f);
    return sigma(x).fma(half, half);
  }

  static void sigmoidInPlace(float[] x, int offset, int length) {
    float[] pad = Lanes.pad();
    int rest = length % Lanes.COUNT;
    int end = offset + length - rest;
    Lanes.copy(rest, x, end, pad, 0);
    for (int i = offset; i < offset + length; i += Lanes.COUNT) {
      float[] place = i < end ? x : pad;
      int at = i < end ? i : 0;
      sigmoid(Lanes.load(place, at)).intoArray(place, at);
    }
    Lanes.copy(rest, pad, 0, x, end);
  }
}
