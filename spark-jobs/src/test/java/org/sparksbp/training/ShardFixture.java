package org.sparksbp.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.shard.BadRecords;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ManifestJson;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.shard.ShardWriter;
import org.sparksbp.shard.SplitCounts;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;

/** Prepared data of the samples of {@link TrainingFixture}. */
public final class ShardFixture {

  private ShardFixture() {}

  /** Writes a shard. */
  public static ShardEntry shard(
      Configuration hadoop, Path folder, String name, Split split, List<Sample> samples)
      throws IOException {
    ShardWriter writer = new ShardWriter(hadoop, new Path(folder, name), split);
    try (writer) {
      for (Sample sample : samples) {
        writer.write(sample);
      }
    }
    return writer.entry(name);
  }

  /** Writes the manifest of a folder's shards. */
  public static Manifest manifest(Configuration hadoop, Path folder, List<ShardEntry> shards)
      throws IOException {
    Map<Split, SplitCounts> counts =
        shards.stream()
            .collect(
                Collectors.groupingBy(
                    ShardEntry::split,
                    Collectors.collectingAndThen(
                        Collectors.summingLong(ShardEntry::rows),
                        samples -> new SplitCounts(samples, Map.of()))));
    Manifest manifest =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            "test",
            "mnist",
            PrepareSettings.of("regular", 4, "official").build(),
            TrainingFixture.SHAPE.channels(),
            TrainingFixture.SHAPE.outputs(),
            TrainingFixture.SHAPE.steps(),
            TrainingFixture.CLASSES,
            true,
            counts,
            shards,
            List.of(),
            new BadRecords(0, List.of()),
            List.of());
    ManifestJson.write(hadoop, folder, manifest);
    return manifest;
  }
}
