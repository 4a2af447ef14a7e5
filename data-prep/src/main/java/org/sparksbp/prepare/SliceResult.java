package org.sparksbp.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.sparksbp.shard.BadRecords.BadRecord;
import org.sparksbp.shard.RawRecords;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.task.Split;

/**
 * What became of a slice. It travels to the driver as JSON text, which every Spark serializer can
 * carry without a registration.
 *
 * @param shards at most one for each split; their files are still the attempt's own
 * @param classes for each shard, the number of samples of each class; empty without classes
 * @param steps of the spike trains, or 0 if the slice had no samples
 * @param badCount number of bad records
 * @param bad the first reasons
 * @param records what was read and dropped of each file, whose names are still whole paths
 * @param error why the input is unusable, or null
 */
record SliceResult(
    List<ShardEntry> shards,
    List<List<Long>> classes,
    int steps,
    long badCount,
    List<BadRecord> bad,
    List<RawRecords> records,
    String error) {

  private static final JsonMapper MAPPER = new JsonMapper();

  static final SliceResult NOTHING = empty(null);

  static SliceResult failure(String error) {
    return empty(error);
  }

  private static SliceResult empty(String error) {
    return new SliceResult(List.of(), List.of(), 0, 0, List.of(), List.of(), error);
  }

  long rows(Split split) {
    long rows = 0;
    for (ShardEntry shard : shards) {
      if (shard.split() == split) {
        rows += shard.rows();
      }
    }
    return rows;
  }

  String toJson() throws JsonProcessingException {
    return MAPPER.writeValueAsString(this);
  }

  static SliceResult ofJson(String text) throws JsonProcessingException {
    return MAPPER.readValue(text, SliceResult.class);
  }
}
