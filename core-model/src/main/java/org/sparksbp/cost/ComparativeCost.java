package org.sparksbp.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Cost of methods on one task: mean epochs times complexity, seed by seed, then mean and standard
 * deviation over the seeds. Seeds whose curves cannot be compared are listed and left out.
 *
 * @param methods in the order in which they were given
 * @param seeds that could be compared, in their order
 * @param low the lowest level, mean over these seeds; empty without any
 * @param high the highest level, mean over these seeds; empty without any
 * @param notComparable the seeds left out, with the reason
 */
public record ComparativeCost(
    List<MethodCost> methods,
    List<Long> seeds,
    OptionalDouble low,
    OptionalDouble high,
    List<SeedLeftOut> notComparable) {

  public ComparativeCost {
    methods = List.copyOf(methods);
    seeds = List.copyOf(seeds);
    notComparable = List.copyOf(notComparable);
  }

  /**
   * What is compared.
   *
   * @param name for messages
   * @param complexity of one epoch and sample
   */
  public record Method(String name, double complexity) {}

  /**
   * A seed that gave no number.
   *
   * @param seed of the runs
   * @param outcome why
   */
  public record SeedLeftOut(long seed, MeanEpochs.NotComparable outcome) {}

  /**
   * The curves of one seed.
   *
   * @param seed of the runs
   * @param curves by method, the test error after each epoch, fractions of 1
   * @param standardErrors by method, of these errors; NaN where unknown
   */
  public record SeedCurves(long seed, List<double[]> curves, List<double[]> standardErrors) {
    public SeedCurves {
      curves = List.copyOf(curves);
      standardErrors = List.copyOf(standardErrors);
    }
  }

  /**
   * One method's cost.
   *
   * @param meanEpochs over the seeds
   * @param cost over the seeds, mean epochs times complexity
   * @param meanEpochsBySeed of the seeds that could be compared, in their order
   * @param costBySeed likewise
   * @param shareInBand epochs whose error is within the levels, as a share of all, mean over the
   *     seeds; empty without any
   */
  public record MethodCost(
      Spread meanEpochs,
      Spread cost,
      List<Double> meanEpochsBySeed,
      List<Double> costBySeed,
      OptionalDouble shareInBand) {
    public MethodCost {
      meanEpochsBySeed = List.copyOf(meanEpochsBySeed);
      costBySeed = List.copyOf(costBySeed);
    }
  }

  /**
   * Mean and spread of some values.
   *
   * @param count of the values
   * @param mean empty without values
   * @param standardDeviation of the sample, divided by count - 1; empty below two values
   */
  public record Spread(int count, OptionalDouble mean, OptionalDouble standardDeviation) {

    static Spread of(List<Double> values) {
      int count = values.size();
      if (count == 0) {
        return new Spread(0, OptionalDouble.empty(), OptionalDouble.empty());
      }
      double mean = values.stream().mapToDouble(Double::doubleValue).sum() / count;
      if (count == 1) {
        return new Spread(1, OptionalDouble.of(mean), OptionalDouble.empty());
      }
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return new Spread(
          count, OptionalDouble.of(mean), OptionalDouble.of(Math.sqrt(squares / (count - 1))));
    }
  }

  /**
   * Compares methods over seeds.
   *
   * @param methods at least two
   * @param seeds curves by seed; each has one curve a method
   * @param rule what the band of error levels must be
   * @throws IllegalArgumentException if a seed has another number of curves than there are methods,
   *     or there are fewer than two
   */
  public static ComparativeCost of(List<Method> methods, List<SeedCurves> seeds, BandRule rule) {
    List<SeedLeftOut> leftOut = new ArrayList<>();
    List<MeanEpochs.Compared> outcomes = new ArrayList<>();
    List<Long> used = new ArrayList<>();
    for (SeedCurves seed : seeds) {
      MeanEpochs.Outcome outcome = MeanEpochs.compare(curves(methods, seed), rule);
      if (outcome instanceof MeanEpochs.Compared compared) {
        outcomes.add(compared);
        used.add(seed.seed());
      } else if (outcome instanceof MeanEpochs.NotComparable reason) {
        leftOut.add(new SeedLeftOut(seed.seed(), reason));
      }
    }
    List<MethodCost> costs =
        IntStream.range(0, methods.size())
            .mapToObj(method -> ofMethod(methods.get(method).complexity(), outcomes, method))
            .toList();
    return new ComparativeCost(
        costs,
        used,
        mean(outcomes, MeanEpochs.Compared::low),
        mean(outcomes, MeanEpochs.Compared::high),
        leftOut);
  }

  private static List<MeanEpochs.Curve> curves(List<Method> methods, SeedCurves seed) {
    if (seed.curves().size() != methods.size()) {
      throw new IllegalArgumentException(
          "Cannot compare costs: seed "
              + seed.seed()
              + " has "
              + seed.curves().size()
              + " curves for "
              + methods.size()
              + " methods");
    }
    return IntStream.range(0, methods.size())
        .mapToObj(
            i ->
                new MeanEpochs.Curve(
                    methods.get(i).name(), seed.curves().get(i), seed.standardErrors().get(i)))
        .toList();
  }

  private static MethodCost ofMethod(
      double complexity, List<MeanEpochs.Compared> seeds, int method) {
    List<Double> epochs = seeds.stream().map(seed -> seed.meanEpochs().get(method)).toList();
    List<Double> costs = epochs.stream().map(mean -> mean * complexity).toList();
    return new MethodCost(
        Spread.of(epochs),
        Spread.of(costs),
        epochs,
        costs,
        mean(seeds, seed -> seed.shareInBand().get(method)));
  }

  private static OptionalDouble mean(
      List<MeanEpochs.Compared> seeds, ToDoubleFunction<MeanEpochs.Compared> value) {
    return seeds.stream().mapToDouble(value).average();
  }
}
