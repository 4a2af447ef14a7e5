package org.sparksbp.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Cost of methods on one task: mean epochs times complexity, seed by seed, then mean and standard
 * deviation over the seeds. Seeds whose curves cannot be compared are listed and left out.
 *
 * @param methods in the order of the complexities
 * @param notComparable the seeds left out, with the reason
 */
public record ComparativeCost(List<MethodCost> methods, List<SeedLeftOut> notComparable) {

  public ComparativeCost {
    methods = List.copyOf(methods);
    notComparable = List.copyOf(notComparable);
  }

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
   * @param curves by method, the test error after each epoch
   */
  public record SeedCurves(long seed, List<double[]> curves) {
    public SeedCurves {
      curves = List.copyOf(curves);
    }
  }

  /**
   * One method's cost.
   *
   * @param meanEpochs over the seeds
   * @param cost over the seeds, mean epochs times complexity
   * @param costBySeed of the seeds that could be compared, in their order
   */
  public record MethodCost(Spread meanEpochs, Spread cost, List<Double> costBySeed) {
    public MethodCost {
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
   * @param complexities by method, per epoch
   * @param seeds curves by seed; each has one curve a method
   * @param cap of the upper error level, in the unit of the curves
   * @throws IllegalArgumentException if a seed has another number of curves than there are
   *     complexities, or there are fewer than two
   */
  public static ComparativeCost of(
      List<Double> complexities, List<SeedCurves> seeds, OptionalDouble cap) {
    List<SeedLeftOut> leftOut = new ArrayList<>();
    List<List<Double>> epochs = new ArrayList<>();
    for (SeedCurves seed : seeds) {
      if (seed.curves().size() != complexities.size()) {
        throw new IllegalArgumentException(
            "Cannot compare costs: seed "
                + seed.seed()
                + " has "
                + seed.curves().size()
                + " curves for "
                + complexities.size()
                + " complexities");
      }
      MeanEpochs.Outcome outcome = MeanEpochs.compare(seed.curves(), cap);
      if (outcome instanceof MeanEpochs.Compared compared) {
        epochs.add(compared.meanEpochs());
      } else if (outcome instanceof MeanEpochs.NotComparable reason) {
        leftOut.add(new SeedLeftOut(seed.seed(), reason));
      }
    }
    List<MethodCost> methods =
        IntStream.range(0, complexities.size())
            .mapToObj(method -> ofMethod(complexities.get(method), epochs, method))
            .toList();
    return new ComparativeCost(methods, leftOut);
  }

  private static MethodCost ofMethod(double complexity, List<List<Double>> epochs, int method) {
    List<Double> own = epochs.stream().map(seed -> seed.get(method)).toList();
    List<Double> costs = own.stream().map(mean -> mean * complexity).toList();
    return new MethodCost(Spread.of(own), Spread.of(costs), costs);
  }
}
