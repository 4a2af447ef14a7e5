package org.sparksbp.task;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.spike.Sample;

/** Keeps all that a task delivers. */
public final class CollectingSink implements SampleSink {

  private final Map<Split, List<Sample>> samples = new EnumMap<>(Split.class);
  public final List<String> badRecords = new ArrayList<>();

  /** By file and unit, {@code 0.npy events} and {@code 0.npy lost events}. */
  public final Map<String, Long> counts = new TreeMap<>();

  /** Reads all slices of an input. */
  public static CollectingSink readAll(Task task, Path input, PrepareSettings settings)
      throws java.io.IOException {
    Configuration hadoop = new Configuration();
    CollectingSink sink = new CollectingSink();
    PrepareSettings completed = task.completed(hadoop, input, settings);
    for (InputSlice slice : task.slices(hadoop, input, completed)) {
      task.read(hadoop, slice, completed, sink);
    }
    return sink;
  }

  public List<Sample> of(Split split) {
    return samples.getOrDefault(split, List.of());
  }

  @Override
  public void sample(Split split, Sample sample) {
    samples.computeIfAbsent(split, key -> new ArrayList<>()).add(sample);
  }

  @Override
  public void read(String file, RecordUnit unit, long records) {
    counts.merge(new Path(file).getName() + " " + unit.lowerCaseName(), records, Long::sum);
  }

  @Override
  public void dropped(String file, RecordUnit unit, long records, String position, String reason) {
    counts.merge(new Path(file).getName() + " lost " + unit.lowerCaseName(), records, Long::sum);
    badRecords.add(new Path(file).getName() + ", " + position + ": " + reason);
  }
}
