package org.sparksbp.prepare;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Task;

/**
 * Reads a slice into shard files; runs on executors. Every attempt writes into a folder of its own,
 * so that one that fails, is repeated or races with another cannot touch the other's files. The
 * driver takes over the files of the attempt whose result Spark accepts.
 */
final class SliceReader implements Function<Integer, String> {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration hadoop;
  private final Task task;
  private final PrepareSettings settings;
  private final String staging;
  private final HashMap<Integer, InputSlice> slices;
  private final HashMap<Integer, SliceLimits> limits;
  private final LongAccumulator done;

  /**
   * @param staging folder that attempts make theirs in
   * @param slices by their place in the list of slices
   * @param limits by the same place
   * @param done is increased by one for each slice that was read
   */
  SliceReader(
      SerializableConfiguration hadoop,
      Task task,
      PrepareSettings settings,
      String staging,
      Map<Integer, InputSlice> slices,
      Map<Integer, SliceLimits> limits,
      LongAccumulator done) {
    this.hadoop = hadoop;
    this.task = task;
    this.settings = settings;
    this.staging = staging;
    this.slices = new HashMap<>(slices);
    this.limits = new HashMap<>(limits);
    this.done = done;
  }

  @Override
  public String call(Integer place) throws IOException {
    Path folder =
        new Path(
            staging,
            String.format(
                Locale.ROOT, "slice-%05d-attempt-%d", place, TaskContext.get().taskAttemptId()));
    SliceResult result = read(slices.get(place), limits.get(place), folder);
    done.add(1);
    return result.toJson();
  }

  private SliceResult read(InputSlice slice, SliceLimits limit, Path folder) throws IOException {
    Configuration files = hadoop.value();
    SliceSink sink =
        new SliceSink(
            files, folder, limit, task.channels(settings), task.outputNames(settings).size());
    try {
      task.read(files, slice, settings, sink);
      return sink.finish();
    } catch (InvalidInputException e) {
      // Reading again gives the same, so it is a result and not a failure that Spark repeats.
      if (sink.ended()) {
        return sink.finish();
      }
      sink.abandon(e);
      return SliceResult.failure(e.getMessage());
    } catch (IOException | RuntimeException e) {
      if (sink.ended()) {
        return sink.finish();
      }
      sink.abandon(e);
      throw e;
    }
  }
}
