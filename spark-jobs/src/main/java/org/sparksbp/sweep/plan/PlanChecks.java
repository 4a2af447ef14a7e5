package org.sparksbp.sweep.plan;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.sweep.plan.Space.Key;
import org.sparksbp.table.SweepDescription;

/** What can be said against a plan before any of its trials is made. */
final class PlanChecks {

  /** What a driver can hold the summaries of. */
  private static final long MOST_TRIALS = 1_000_000;

  private final RunConfiguration.Builder base;
  private final SweepSettings settings;

  PlanChecks(RunConfiguration.Builder base, SweepSettings settings) {
    this.base = base;
    this.settings = settings;
  }

  /**
   * Checks all of it.
   *
   * @throws InvalidConfigurationException naming the first key or number that is wrong
   */
  void check() {
    for (String key : settings.parameterKeys()) {
      if (key.equals("seed") || key.equals("training.workers") || key.startsWith("sweep.")) {
        throw new InvalidConfigurationException(
            "Invalid key " + key + " in sweep.space or sweep.arms: " + instead(key));
      }
    }
    for (Key key : settings.space().keys()) {
      key.domain().examples().forEach(value -> base.build(Map.of(key.key(), value)));
      if (settings.design() == Design.GRID && key.domain().gridSize() == 0) {
        throw Space.invalid(key.key(), "a range in a grid needs steps, the number of its values");
      }
    }
    checkData(settings.arms().stream().map(arm -> base.build(arm.settings())).toList());
    settings.space().keys().forEach(this::checkConditions);
    checkSize();
  }

  private static String instead(String key) {
    return switch (key) {
      case "seed" -> "seeds are listed in sweep.seeds";
      case "training.workers" -> "a trial has one worker side by side, else all cores of Spark";
      default -> "a sweep's own settings cannot be varied";
    };
  }

  /** A difference between arms that do not have the same samples is not one of the arms. */
  private void checkData(List<RunConfiguration> arms) {
    if (settings.allowDifferentData()) {
      return;
    }
    for (String key : SweepDescription.DATA_KEYS) {
      Set<String> values = new TreeSet<>();
      arms.forEach(arm -> values.add(Space.written(arm.config().getValue(key))));
      boolean onlyInSome =
          settings.space().keys().stream()
              .filter(varied -> varied.key().equals(key))
              .anyMatch(varied -> varied.when().keySet().stream().anyMatch(this::differsByArm));
      if (values.size() > 1 || onlyInSome) {
        throw new InvalidConfigurationException(
            "Cannot compare the arms: they do not have the same "
                + key
                + (onlyInSome ? ", which is varied in some of them" : " " + values)
                + ", so that a difference between them need not be one of the arms; give all of them"
                + " the same, or allow it by sweep.allow-different-data = on");
      }
    }
  }

  private boolean differsByArm(String key) {
    return settings.arms().stream().anyMatch(arm -> arm.settings().containsKey(key));
  }

  /** A condition that never holds would leave its key at the default in silence. */
  private void checkConditions(Key key) {
    for (Map.Entry<String, Set<String>> condition : key.when().entrySet()) {
      String on = condition.getKey();
      Optional<Domain> varied =
          settings.space().keys().stream()
              .filter(other -> other.key().equals(on))
              .map(Key::domain)
              .findFirst();
      if (varied.isPresent() && !(varied.get() instanceof Domain.Listed)) {
        continue; // any value between two bounds
      }
      Set<String> known = varied.isPresent() ? written(varied.get()) : withoutSpace(on);
      if (known.isEmpty()) {
        throw Space.invalid(key.key(), "its condition is on " + on + ", which is no key");
      }
      if (Collections.disjoint(known, condition.getValue())) {
        throw Space.invalid(
            key.key(),
            "its condition never holds: "
                + on
                + " is "
                + String.join(" or ", known)
                + ", not "
                + String.join(" or ", new TreeSet<>(condition.getValue())));
      }
    }
  }

  private static Set<String> written(Domain domain) {
    Set<String> values = new TreeSet<>();
    domain.examples().forEach(value -> values.add(Space.written(value)));
    return values;
  }

  /** The values that a key has in the configuration and in arms. */
  private Set<String> withoutSpace(String key) {
    Set<String> values = new TreeSet<>();
    if (settings.configuration().hasPath(key)) {
      values.add(Space.written(settings.configuration().getValue(key)));
    }
    settings.arms().stream()
        .map(arm -> arm.settings().get(key))
        .filter(Objects::nonNull)
        .forEach(value -> values.add(Space.written(value)));
    return values;
  }

  private void checkSize() {
    BigInteger points = BigInteger.valueOf(settings.sampling().points());
    if (settings.design() == Design.GRID) {
      points =
          settings.space().keys().stream()
              .map(key -> BigInteger.valueOf(key.domain().gridSize()))
              .reduce(BigInteger.ONE, BigInteger::multiply);
    }
    long ofAPoint = (long) settings.arms().size() * settings.seeds().size();
    BigInteger trials = points.multiply(BigInteger.valueOf(ofAPoint));
    if (trials.compareTo(BigInteger.valueOf(MOST_TRIALS)) > 0) {
      throw new InvalidConfigurationException(
          String.format(
              Locale.ROOT,
              "Cannot plan the sweep: %,d points in %d arms with %d seeds are %,d trials, at most %,d"
                  + " can be planned; vary fewer keys, or take design = random or sobol",
              points,
              settings.arms().size(),
              settings.seeds().size(),
              trials,
              MOST_TRIALS));
    }
  }
}
