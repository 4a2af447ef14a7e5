package org.sparksbp.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a trial's network looks like after its first and after its last epoch.
 *
 * @param trial identity of the trial
 * @param samples first test samples that rates and activities are taken over
 * @param sample identity of the first test sample, which rasters are of; empty without test samples
 * @param label its class, -1 where the task has none
 * @param inputSteps time steps of its spike train
 * @param first after the first epoch; null if the first was not kept
 * @param last after the last epoch so far; null if the trial failed before
 * @param confusion on all test samples after the last epoch; null where the task has no exclusive
 *     classes
 */
public record TrialSnapshots(
    String trial,
    int samples,
    String sample,
    int label,
    int inputSteps,
    Snapshot first,
    Snapshot last,
    Confusion confusion) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** The snapshots that were kept, first before last. */
  public List<Snapshot> kept() {
    return Stream.of(first, last).filter(Objects::nonNull).toList();
  }

  /** The same with the first epoch. */
  public TrialSnapshots withFirst(Snapshot snapshot) {
    return new TrialSnapshots(trial, samples, sample, label, inputSteps, snapshot, last, confusion);
  }

  /** The same at the end. */
  public TrialSnapshots withLast(Snapshot snapshot, Confusion answered) {
    return new TrialSnapshots(trial, samples, sample, label, inputSteps, first, snapshot, answered);
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #toJson} has written.
   *
   * @throws UncheckedIOException if it is something else
   */
  public static TrialSnapshots of(String text) {
    try {
      return JSON.readValue(text, TrialSnapshots.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
