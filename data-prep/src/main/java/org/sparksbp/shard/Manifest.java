package org.sparksbp.shard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;

/**
 * What a prepared data set is and what it was made from. It is written last: a folder with a
 * manifest is whole.
 *
 * @param schemaVersion version of the shard format, {@link #SCHEMA_VERSION} for those written here
 * @param toolVersion version of the software that wrote the data
 * @param task name of the task
 * @param settings encoder, its parameters, and seed
 * @param channels of every spike train
 * @param outputs number of output neurons, K
 * @param steps of every spike train
 * @param outputNames names of the K outputs
 * @param synthetic whether the raw files were generated
 * @param counts samples by split and class, for every split
 * @param shards files in the order of split, then position
 * @param inputs raw files in the order of their names
 * @param badRecords raw records that were skipped
 * @param rawRecords what became of the records of each raw file, in the order of their names; empty
 *     where an earlier version has written the manifest
 */
public record Manifest(
    int schemaVersion,
    String toolVersion,
    String task,
    PrepareSettings settings,
    int channels,
    int outputs,
    int steps,
    List<String> outputNames,
    boolean synthetic,
    Map<Split, SplitCounts> counts,
    List<ShardEntry> shards,
    List<InputFile> inputs,
    BadRecords badRecords,
    List<RawRecords> rawRecords) {

  /** The version of the shard format that this software reads and writes. */
  public static final int SCHEMA_VERSION = 1;

  /** Name of the manifest in a data set's folder. */
  public static final String FILE_NAME = "manifest.json";

  public Manifest {
    outputNames = List.copyOf(outputNames);
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    shards = List.copyOf(shards);
    inputs = List.copyOf(inputs);
    rawRecords = List.copyOf(rawRecords);
  }

  /** What the data prescribes for a network. */
  public NetworkShape shape() {
    return new NetworkShape(channels, outputs, steps);
  }

  /** Number of samples of a split. */
  public long count(Split split) {
    SplitCounts found = counts.get(split);
    return found == null ? 0 : found.samples();
  }

  /** The shards of a split in the order of their samples' positions. */
  public List<ShardEntry> shards(Split split) {
    List<ShardEntry> found = new ArrayList<>();
    for (ShardEntry shard : shards) {
      if (shard.split() == split) {
        found.add(shard);
      }
    }
    return found;
  }

  /**
   * Identifies the data wherever and by however many machines it was prepared: SHA-256, in
   * hexadecimal, over {@link DataIdentity} and the row count of every shard.
   */
  public String fingerprint() {
    return identity().fingerprint(shards);
  }

  /** What the data was made from and how. */
  public DataIdentity identity() {
    return DataIdentity.of(schemaVersion, task, settings, inputs);
  }
}
