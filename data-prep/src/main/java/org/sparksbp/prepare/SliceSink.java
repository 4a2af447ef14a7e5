package org.sparksbp.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.shard.BadRecords;
import org.sparksbp.shard.BadRecords.BadRecord;
import org.sparksbp.shard.RawRecords;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.shard.ShardWriter;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/** Streams what a task reads from a slice into one shard file for each split. */
final class SliceSink implements SampleSink {

  /** Ends the reading of a slice of which no more is needed. */
  static final class NoMoreNeeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoMoreNeeded() {
      super("No more of this slice is needed", null, false, false);
    }
  }

  private final Configuration hadoop;
  private final Path folder;
  private final SliceLimits limits;
  private final int channels;
  private final int outputs;
  private final Map<Split, ShardWriter> writers = new EnumMap<>(Split.class);
  private final Map<Split, long[]> classes = new EnumMap<>(Split.class);
  private final List<BadRecord> bad = new ArrayList<>();

  /** By file and unit: how many were read, and how many of them dropped. */
  private final Map<String, Map<RecordUnit, long[]>> records = new TreeMap<>();

  private long badCount;
  private int steps;
  private boolean ended;

  /**
   * @param folder the attempt's own
   * @param channels what every spike train must have
   * @param outputs length that every target must have
   */
  SliceSink(Configuration hadoop, Path folder, SliceLimits limits, int channels, int outputs) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.limits = limits;
    this.channels = channels;
    this.outputs = outputs;
  }

  @Override
  public void sample(Split split, Sample sample) throws IOException {
    ShardWriter writer = writers.get(split);
    long rows = writer == null ? 0 : writer.rows();
    if (rows >= limits.of(split)) {
      return;
    }
    check(sample);
    if (writer == null) {
      writer = new ShardWriter(hadoop, file(split), split);
      writers.put(split, writer);
      classes.put(split, new long[outputs + 1]);
    }
    writer.write(sample);
    classes.get(split)[sample.label() + 1]++;
    if (rows + 1 == limits.of(split) && full()) {
      ended = true;
      throw new NoMoreNeeded();
    }
  }

  @Override
  public void read(String file, RecordUnit unit, long records) {
    counts(file, unit)[0] += records;
  }

  @Override
  public void dropped(String file, RecordUnit unit, long records, String position, String reason) {
    counts(file, unit)[1] += records;
    badCount += records;
    if (bad.size() < BadRecords.LISTED) {
      bad.add(new BadRecord(file, position, reason));
    }
    if (badCount > limits.badRecords() && bad.size() >= BadRecords.LISTED) {
      // Enough to fail with, and to say why.
      ended = true;
      throw new NoMoreNeeded();
    }
  }

  private long[] counts(String file, RecordUnit unit) {
    return records
        .computeIfAbsent(file, key -> new EnumMap<>(RecordUnit.class))
        .computeIfAbsent(unit, key -> new long[2]);
  }

  private List<RawRecords> records() {
    List<RawRecords> all = new ArrayList<>();
    records.forEach(
        (file, units) ->
            units.forEach(
                (unit, count) ->
                    all.add(
                        new RawRecords(
                            file, unit.lowerCaseName(), count[0], count[0] - count[1], count[1]))));
    return all;
  }

  /** Whether the sink itself has ended the reading. */
  boolean ended() {
    return ended;
  }

  /** Finishes the shard files. */
  SliceResult finish() throws IOException {
    List<ShardEntry> entries = new ArrayList<>();
    List<List<Long>> counts = new ArrayList<>();
    for (Map.Entry<Split, ShardWriter> writer : writers.entrySet()) {
      writer.getValue().close();
      entries.add(writer.getValue().entry(file(writer.getKey()).toString()));
      counts.add(classCounts(classes.get(writer.getKey())));
    }
    return new SliceResult(entries, counts, steps, badCount, bad, records(), null);
  }

  /** Closes what is open after a failure; the files are left to be deleted with their folder. */
  void abandon(Throwable failure) {
    for (ShardWriter writer : writers.values()) {
      try {
        writer.close();
      } catch (IOException | RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private boolean full() {
    for (Split split : limits.expected()) {
      ShardWriter writer = writers.get(split);
      if ((writer == null ? 0 : writer.rows()) < limits.of(split)) {
        return false;
      }
    }
    return true;
  }

  private void check(Sample sample) {
    if (steps == 0) {
      steps = sample.spikes().steps();
    }
    if (sample.spikes().channels() != channels
        || sample.spikes().steps() != steps
        || sample.target().length != outputs
        || sample.label() < -1
        || sample.label() >= outputs) {
      throw new IllegalStateException(
          "Invalid sample "
              + sample.id()
              + ": "
              + sample.spikes()
              + " with "
              + sample.target().length
              + " outputs and label "
              + sample.label()
              + " in a data set of "
              + steps
              + " steps, "
              + channels
              + " channels and "
              + outputs
              + " outputs");
    }
  }

  private Path file(Split split) {
    return new Path(folder, split.lowerCaseName() + ".parquet");
  }

  private static List<Long> classCounts(long[] byLabel) {
    List<Long> counts = new ArrayList<>();
    for (int label = 0; label < byLabel.length - 1; label++) {
      counts.add(byLabel[label + 1]);
    }
    return counts;
  }
}
