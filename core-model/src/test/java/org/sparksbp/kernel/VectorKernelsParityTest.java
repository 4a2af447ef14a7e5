package org.sparksbp.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.sparksbp.random.RandomStream;

/** Vector against plain kernels on sizes and offsets that fill no whole vector. */
class VectorKernelsParityTest {

  private final Kernels plain = new PlainKernels();
  private final Kernels vector = new VectorKernels();

  @Property(tries = 150)
  void productsAgree(
      @ForAll @IntRange(min = 1, max = 27) int m,
      @ForAll @IntRange(min = 1, max = 140) int k,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 0, max = 4) int density,
      @ForAll long seed) {
    float[] left = random(seed, m * k, density / 4.0);
    float[] b = random(seed + 1, k * n, 1);
    assertSame(
        random(seed + 2, m * n, 1), k, (kernels, c) -> kernels.multiplyAdd(m, k, n, left, b, c));
    assertSame(
        random(seed + 2, m * n, 1),
        k,
        (kernels, c) -> kernels.multiplyTransposedAdd(m, k, n, left, b, c));
    float[] right = random(seed + 3, m * n, 1);
    assertSame(
        random(seed + 2, k * n, 1),
        m,
        (kernels, c) -> kernels.transposedMultiplyAdd(m, k, n, 0.37f, left, right, c));
  }

  /** The same bits, and the products of the matrix written out. */
  @Property(tries = 100)
  void productsWithBinaryMatricesAreTheSameBits(
      @ForAll @IntRange(min = 0, max = 23) int count,
      @ForAll @IntRange(min = 1, max = 64) int steps,
      @ForAll @IntRange(min = 1, max = 150) int n,
      @ForAll long seed) {
    int rows = 23;
    int[] chosen = RandomStream.of(seed, "rows").permutation(rows);
    RandomStream bits = RandomStream.of(seed, "patterns");
    long[] patterns =
        bits.longs(count + 2).map(x -> (x % 3 == 0 ? -1 : x) >>> (64 - steps)).toArray();
    float[] dense = new float[count * steps];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = patterns[i / steps] >>> (i % steps) & 1;
    }
    float[] matrix = random(seed + 1, rows * n, 1);
    Work product =
        (kernels, c) -> kernels.multiplyBinaryAdd(count, steps, n, patterns, chosen, matrix, c);
    float[] start = random(seed + 2, steps * n, 1);
    assertSameBits(start, product);
    float[] actual = start.clone();
    product.on(vector, actual);
    float[] expected = start.clone();
    plain.multiplyChosenRowsAdd(count, steps, n, dense, chosen, matrix, expected);
    assertThat(actual).usingComparatorWithPrecision(2e-6f * (1 + count)).containsExactly(expected);

    float[] right = random(seed + 3, steps * n, 1);
    Work update =
        (kernels, c) ->
            kernels.multiplyBinaryAddToChosenRows(count, steps, n, patterns, right, chosen, c);
    float[] from = random(seed + 2, rows * n, 1);
    assertSameBits(from, update);
    actual = from.clone();
    update.on(vector, actual);
    expected = from.clone();
    plain.multiplyAddToChosenRows(count, steps, n, dense, chosen, right, expected);
    assertThat(actual).usingComparatorWithPrecision(2e-6f * (1 + steps)).containsExactly(expected);
  }

  private void assertSameBits(float[] start, Work work) {
    float[] expected = start.clone();
    work.on(plain, expected);
    float[] actual = start.clone();
    work.on(vector, actual);
    assertThat(actual).containsExactly(expected);
  }

  @Property(tries = 60)
  void aRowOfAProductDoesNotDependOnTheOthers(
      @ForAll @IntRange(min = 2, max = 17) int m,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll long seed) {
    int k = 37;
    float[] left = random(seed, m * k, 0.5);
    float[] b = random(seed + 1, k * n, 1);
    float[] together = new float[m * n];
    vector.multiplyAdd(m, k, n, left, b, together);
    for (int row = 0; row < m; row++) {
      float[] alone = new float[n];
      vector.multiplyAdd(1, k, n, Arrays.copyOfRange(left, row * k, (row + 1) * k), b, alone);
      assertThat(alone).containsExactly(Arrays.copyOfRange(together, row * n, (row + 1) * n));
    }
  }

  @Property(tries = 100)
  void rowsAddedByIndexAgree(
      @ForAll @IntRange(min = 0, max = 40) int count,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 0, max = 9) int offset,
      @ForAll long seed) {
    int rows = 23;
    float[] b = random(seed, rows * n, 1);
    float[] factors = random(seed + 1, count + offset, 1);
    RandomStream stream = RandomStream.of(seed, "rows");
    int[] indices = stream.ints(count + 3, 0, rows).toArray();
    assertSame(
        random(seed + 2, n + offset, 1),
        count,
        (kernels, c) -> kernels.addScaledRows(count, indices, 3, factors, offset, n, b, c, offset));
  }

  @Property(tries = 100)
  void productsWithChosenRowsAgree(
      @ForAll @IntRange(min = 0, max = 23) int count,
      @ForAll @IntRange(min = 1, max = 22) int steps,
      @ForAll @IntRange(min = 1, max = 150) int n,
      @ForAll long seed) {
    int rows = 23;
    int[] chosen = RandomStream.of(seed, "rows").permutation(rows);
    float[] left = random(seed, count * steps + 5, 0.6);
    float[] matrix = random(seed + 1, rows * n, 1);
    assertSame(
        random(seed + 2, steps * n, 1),
        count,
        (kernels, c) -> kernels.multiplyChosenRowsAdd(count, steps, n, left, chosen, matrix, c));
    float[] right = random(seed + 3, steps * n, 1);
    assertSame(
        random(seed + 2, rows * n, 1),
        steps,
        (kernels, c) -> kernels.multiplyAddToChosenRows(count, steps, n, left, chosen, right, c));
  }

  @Property(tries = 60)
  void optimiserUpdatesAgree(@ForAll @IntRange(min = 0, max = 70) int length, @ForAll long seed) {
    float[] gradient = random(seed, length, 0.7);
    float[] first = random(seed + 1, length, 1);
    float[] second = random(seed + 2, length, 1);
    assertSame(
        random(seed + 3, length, 1),
        3,
        (kernels, x) ->
            kernels.adamInPlace(
                0.9f, 0.999f, 1e-2f, 1e-3f, gradient, first.clone(), second.clone(), x));
    assertSame(
        second,
        3,
        (kernels, moment) ->
            kernels.adamInPlace(
                0.9f, 0.999f, 1e-2f, 1e-3f, gradient, first.clone(), moment, new float[length]));
  }

  @Property(tries = 60)
  void clippingAgreesAndKeepsNaN(
      @ForAll @IntRange(min = 0, max = 70) int length, @ForAll long seed) {
    float[] drive = random(seed, length, 1);
    float[] start = random(seed + 1, length, 1);
    assertSame(start, 1, (kernels, x) -> kernels.keepAndClipInPlace(length, -0.7f, drive, x));
    for (int i = 0; i < length; i++) {
      float[] diverged = start.clone();
      diverged[i] = Float.NaN;
      vector.keepAndClipInPlace(length, -0.7f, drive, diverged);
      assertThat(diverged[i]).isNaN();
    }
  }

  @Property(tries = 100)
  void elementwiseLoopsAgree(
      @ForAll @IntRange(min = 0, max = 130) int length,
      @ForAll @IntRange(min = 0, max = 9) int offset,
      @ForAll long seed) {
    float[] x = random(seed, length + 2 * offset, 1);
    float[] y = random(seed + 1, length + offset, 1);
    float[] start = random(seed + 2, length + 2 * offset, 1);
    assertSame(start, 1, (kernels, c) -> kernels.scaledAdd(length, 0.3f, x, offset, c, offset));
    assertSameBits(start, (kernels, c) -> kernels.addMagnitudes(length, x, offset, c));
    assertSameBits(start, (kernels, c) -> kernels.addProducts(length, x, y, c, offset));
    assertSame(start, 1, (kernels, c) -> kernels.sigmaInPlace(c, offset, length));
    assertSame(start, 1, (kernels, c) -> kernels.sigmoidInPlace(c, offset, length));
    assertSame(start, 1, (kernels, c) -> kernels.relaxInPlace(0.5f, x, c, offset, length));
    Offset<Float> tolerance = within(2e-6f * (1 + length));
    assertThat(vector.dot(length, x, offset, y, offset))
        .isCloseTo(plain.dot(length, x, offset, y, offset), tolerance);
  }

  @Property(tries = 100)
  void rowsAreSummedAndScaledBySignAlike(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 70) int length,
      @ForAll @IntRange(min = 0, max = 9) int offset,
      @ForAll long seed) {
    float[] x = random(seed, offset + rows * length, 1);
    float[] columns = random(seed + 1, length, 1);
    assertSame(
        columns,
        rows,
        (kernels, c) ->
            kernels.sumBySign(rows, length, x, offset, c, new float[rows], new float[rows], 0));
    Offset<Float> tolerance = within(2e-6f * (1 + length));
    for (Kernels kernels : List.of(plain, vector)) {
      float[] up = new float[3 + rows];
      float[] down = new float[3 + rows];
      kernels.sumBySign(rows, length, x, offset, columns.clone(), up, down, 3);
      for (int row = 0; row < rows; row++) {
        double above = 0;
        double below = 0;
        for (int at = offset + row * length; at < offset + (row + 1) * length; at++) {
          above += Math.max(x[at], 0);
          below += Math.min(x[at], 0);
        }
        assertThat(up[3 + row]).isCloseTo((float) above, tolerance);
        assertThat(down[3 + row]).isCloseTo((float) below, tolerance);
      }
    }
    float[] ofRows = random(seed + 2, rows + 2, 1);
    float[] others = random(seed + 3, length, 1);
    Work scaling =
        (kernels, c) ->
            kernels.scaleBySignInPlace(rows, length, c, offset, ofRows, columns, ofRows, others, 2);
    assertSame(x, 1, scaling);
    float[] scaled = x.clone();
    scaling.on(vector, scaled);
    int last = offset + rows * length - 1;
    float factor = ofRows[rows + 1] + (x[last] > 0 ? columns : others)[length - 1];
    assertThat(scaled[last]).isCloseTo(x[last] * factor, within(1e-6f));
  }

  private interface Work {
    void on(Kernels kernels, float[] changed);
  }

  /** Elements of size 1: rounding grows with the number of terms. */
  private void assertSame(float[] start, int terms, Work work) {
    float[] expected = start.clone();
    work.on(plain, expected);
    float[] actual = start.clone();
    work.on(vector, actual);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(2e-6f * (1 + terms)));
    }
    float[] again = start.clone();
    work.on(vector, again);
    assertThat(again).containsExactly(actual);
  }

  private static float[] random(long seed, int length, double density) {
    RandomStream stream = RandomStream.of(seed, "parity");
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      float value = 2 * stream.nextFloat() - 1;
      values[i] = stream.nextDouble() < density ? value : 0f;
    }
    return values;
  }
}
