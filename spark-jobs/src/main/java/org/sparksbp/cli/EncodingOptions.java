package org.sparksbp.cli;

import java.util.Locale;
import org.sparksbp.task.PrepareSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is asked for beside a task's own way of preparing its data; null where nothing is. */
final class EncodingOptions {

  /** Spike encoders by the name that settings have for them. */
  enum Encoder {
    REGULAR,
    BERNOULLI,
    LATENCY,
    DIRECT,
    EVENTS
  }

  /** What one sample of a recording is. */
  enum SampleBy {
    FRAMES,
    CLIPS
  }

  @Option(
      names = "--encoder",
      paramLabel = "E",
      description = "regular, bernoulli, latency, direct or events (default: the task's).")
  Encoder encoder;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Time steps of a spike train (default: the task's).")
  Integer steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of random encoders and random splits (default: 1).")
  Long seed;

  @Option(
      names = "--sample-by",
      paramLabel = "WHAT",
      description = "dvsgesture: one sample a frame (frames) or a clip (clips).")
  SampleBy sampleBy;

  @Option(
      names = "--split",
      paramLabel = "HOW",
      description =
          "mnist: official; nettalk: letters or words; dvsgesture: official or within-clip.")
  String split;

  @Option(names = "--word-set", paramLabel = "SET", description = "nettalk: common-1000 or full.")
  String wordSet;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N samples of each split; 0 for all (default).")
  Integer limit;

  @Option(
      names = "--max-bad-records",
      paramLabel = "N",
      description =
          "Skip at most N broken records (default: 0 for mnist, 10 for nettalk and dvsgesture).")
  Integer maxBadRecords;

  @Option(
      names = "--pooled-side",
      paramLabel = "PIXELS",
      description = "dvsgesture: side of the picture after spatial pooling (default: 32).")
  Integer pooledSide;

  @Option(
      names = "--polarities",
      paramLabel = "HOW",
      description = "dvsgesture: merged or separate.")
  String polarities;

  @Option(
      names = "--bin-us",
      paramLabel = "MICROSECONDS",
      description =
          "dvsgesture: length of a frame; 0 (default) spreads the frames evenly over a clip.")
  Integer binMicroseconds;

  @Option(names = "--verify", description = "Check the published checksums of the raw files.")
  boolean verify;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** A task's own settings with what is asked for in their place. */
  PrepareSettings over(PrepareSettings defaults) {
    if (steps != null && steps < 1) {
      throw invalid("--steps", steps, "it is less than 1");
    }
    if (limit != null && limit < 0) {
      throw invalid("--limit", limit, "it is less than 0");
    }
    if (maxBadRecords != null && maxBadRecords < 0) {
      throw invalid("--max-bad-records", maxBadRecords, "it is less than 0");
    }
    return new PrepareSettings(
        orElse(name(encoder), defaults.encoder()),
        orElse(steps, defaults.steps()),
        orElse(seed, defaults.seed()),
        orElse(name(sampleBy), defaults.sampleBy()),
        orElse(split, defaults.split()),
        orElse(wordSet, defaults.wordSet()),
        orElse(limit, defaults.limit()),
        orElse(maxBadRecords, defaults.maxBadRecords()),
        orElse(pooledSide, defaults.pooledSide()),
        orElse(polarities, defaults.polarities()),
        orElse(binMicroseconds, defaults.binMicroseconds()),
        verify || defaults.verify());
  }

  private ParameterException invalid(String option, Object value, String reason) {
    return new ParameterException(
        command.commandLine(), "Invalid " + option + " " + value + ": " + reason);
  }

  private static String name(Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
  }

  private static <T> T orElse(T asked, T standard) {
    return asked == null ? standard : asked;
  }
}
