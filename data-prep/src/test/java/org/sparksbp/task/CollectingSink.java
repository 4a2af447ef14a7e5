package org.sparksbp.task;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.spike.Sample;

/** Keeps all that a task delivers. */
public final class CollectingSink implements SampleSink {

  private final Map<Split, List<Sample>> samples = new EnumMap<>(Split.class);
  public final List<String> badRecords = new ArrayList<>();

  /** Reads all slices of an input. */
  public static CollectingSink readAll(Task task, Path input, PrepareSettings settings)
      throws java.io.IOException {
    Configuration hadoop = new Configuration();
    CollectingSink sink = new CollectingSink();
    for (InputSlice slice : task.slices(hadoop, input, settings)) {
      task.read(hadoop, slice, settings, sink);
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
  public void badRecord(String file, String position, String reason) {
    badRecords.add(new Path(file).getName() + ", " + position + ": " + reason);
  }
}
