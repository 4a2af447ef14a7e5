package org.sparksbp.task;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that decides, beside the input files, what a prepared data set contains: what every task
 * knows, and the options of the one that it is of.
 *
 * @param encoder {@code regular}, {@code bernoulli}, {@code latency}, {@code direct} or {@code
 *     events}
 * @param steps time steps of a spike train, at least 1
 * @param seed of random encoders and random splits
 * @param split how samples are divided, one of {@link Task#splits}
 * @param limit most samples of each split, the first ones; 0 for all
 * @param maxBadRecords most records that may be skipped before preparing fails: images, lines,
 *     events and clips of all files together
 * @param maxLoss largest share of the records of one file that may be skipped, from 0 to 1
 * @param verify whether published checksums are checked
 * @param options what the {@link Task#options task's own options} are, by their keys, a string or
 *     an integer each; an empty string and 0 are the same as none
 */
public record PrepareSettings(
    String encoder,
    int steps,
    long seed,
    String split,
    int limit,
    int maxBadRecords,
    double maxLoss,
    boolean verify,
    SortedMap<String, Object> options)
    implements Serializable {

  /** The share of a file's records that may be lost if nothing else is said. */
  public static final double DEFAULT_MAX_LOSS = 0.01;

  public PrepareSettings {
    TreeMap<String, Object> set = new TreeMap<>(options);
    set.values().removeIf(value -> value.equals("") || value.equals(0));
    options = Collections.unmodifiableSortedMap(set);
  }

  /**
   * Settings with seed 1, no limit, no bad record and no options of a task's own.
   *
   * @param encoder as the record's
   * @param steps as the record's
   * @param split as the record's
   */
  public static Builder of(String encoder, int steps, String split) {
    return new Builder(encoder, steps, split);
  }

  /** These settings, to be changed in some points. */
  public Builder toBuilder() {
    Builder copy = of(encoder, steps, split);
    copy.seed(seed).limit(limit).maxBadRecords(maxBadRecords).maxLoss(maxLoss).verify(verify);
    copy.options.putAll(options);
    return copy;
  }

  /** A task's own option that is a text; empty if it is not set. */
  public String text(String key) {
    return (String) options.getOrDefault(key, "");
  }

  /** A task's own option that is a number; 0 if it is not set. */
  public int number(String key) {
    return (int) options.getOrDefault(key, 0);
  }

  /** As {@link Task#check} has it, by what the task lists. */
  void checkAgainst(Task task) {
    choice("encoder", encoder, task.encoders());
    atLeast("steps", steps, 1);
    choice("split", split, task.splits());
    atLeast("limit", limit, 0);
    atLeast("max-bad-records", maxBadRecords, 0);
    if (!(maxLoss >= 0 && maxLoss <= 1)) {
      throw new IllegalArgumentException(
          "Invalid max-loss: " + maxLoss + ", must be a share from 0 to 1");
    }
    options.forEach(
        (key, value) ->
            task.options().stream()
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow(() -> noOption(task, key))
                .check(value));
  }

  private static void choice(String name, String value, List<String> known) {
    if (!known.contains(value)) {
      throw TaskOption.notOneOf(name, value, known);
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + ", must be at least " + least);
    }
  }

  private static IllegalArgumentException noOption(Task task, String key) {
    return new IllegalArgumentException(
        "Invalid " + key + ": " + task.name() + " has no such option");
  }

  /** Collects settings. */
  public static final class Builder {
    private final TreeMap<String, Object> options = new TreeMap<>();
    private String encoder;
    private int steps;
    private String split;
    private long seed = 1;
    private int limit;
    private int maxBadRecords;
    private double maxLoss = DEFAULT_MAX_LOSS;
    private boolean verify;

    private Builder(String encoder, int steps, String split) {
      this.encoder = encoder;
      this.steps = steps;
      this.split = split;
    }

    /** As {@link PrepareSettings#encoder}. */
    public Builder encoder(String value) {
      encoder = value;
      return this;
    }

    /** As {@link PrepareSettings#steps}. */
    public Builder steps(int value) {
      steps = value;
      return this;
    }

    /** As {@link PrepareSettings#split}. */
    public Builder split(String value) {
      split = value;
      return this;
    }

    /** As {@link PrepareSettings#seed}. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** As {@link PrepareSettings#limit}. */
    public Builder limit(int value) {
      limit = value;
      return this;
    }

    /** As {@link PrepareSettings#maxBadRecords}. */
    public Builder maxBadRecords(int value) {
      maxBadRecords = value;
      return this;
    }

    /** As {@link PrepareSettings#maxLoss}. */
    public Builder maxLoss(double value) {
      maxLoss = value;
      return this;
    }

    /** As {@link PrepareSettings#verify}. */
    public Builder verify(boolean value) {
      verify = value;
      return this;
    }

    /** One of the task's own options, a string or an integer. */
    public Builder option(String key, Object value) {
      options.put(key, value);
      return this;
    }

    /** The settings; whether they make sense is for {@link Task#check} to say. */
    public PrepareSettings build() {
      return new PrepareSettings(
          encoder, steps, seed, split, limit, maxBadRecords, maxLoss, verify, options);
    }
  }
}
