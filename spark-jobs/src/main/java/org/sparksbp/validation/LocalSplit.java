package org.sparksbp.validation;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sparksbp.spike.Sample;

/**
 * The parts of a {@link ValidationSplit} where all training samples are in one process. The samples
 * stay in their list; the parts look into it.
 *
 * @param train samples to learn, in the order of the whole
 * @param validation samples that are measured and not learned, likewise; may be empty
 */
public record LocalSplit(List<Sample> train, List<Sample> validation) {

  /** Divides training samples; reads each once. */
  public static LocalSplit of(List<Sample> samples, ValidationDraw draw) {
    if (draw.isNone()) {
      return new LocalSplit(samples, List.of());
    }
    int[] numbers = samples.stream().mapToInt(sample -> draw.number(sample.group())).toArray();
    int bound =
        draw.bound(
            (digit, before) -> ValidationDraw.counts(numbers, digit, before), numbers.length);
    return new LocalSplit(
        new Chosen(samples, positions(numbers, number -> number >= bound)),
        new Chosen(samples, positions(numbers, number -> number < bound)));
  }

  private static int[] positions(int[] numbers, IntPredicate wanted) {
    return IntStream.range(0, numbers.length)
        .filter(position -> wanted.test(numbers[position]))
        .toArray();
  }

  /** The samples at some positions. */
  private static final class Chosen extends AbstractList<Sample> implements RandomAccess {
    private final List<Sample> samples;
    private final int[] positions;

    Chosen(List<Sample> samples, int[] positions) {
      this.samples = samples;
      this.positions = positions;
    }

    @Override
    public Sample get(int index) {
      return samples.get(positions[index]);
    }

    @Override
    public int size() {
      return positions.length;
    }
  }
}
