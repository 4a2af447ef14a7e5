package org.sparksbp.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/**
 * Reads all slices. With a limit, every slice is first read up to the limit, as it is not known
 * what the slices before it yield; those that turn out to have too much are read once more.
 */
final class SliceJobs {

  private final JavaSparkContext spark;
  private final Task task;
  private final PrepareSettings settings;
  private final Path attempts;
  private final ProgressListener listener;

  SliceJobs(
      JavaSparkContext spark,
      Task task,
      PrepareSettings settings,
      Path attempts,
      ProgressListener listener) {
    this.spark = spark;
    this.task = task;
    this.settings = settings;
    this.attempts = attempts;
    this.listener = listener;
  }

  /**
   * @return what became of each slice, in their order
   * @throws InvalidInputException if one of them cannot be read
   */
  List<SliceResult> read(List<InputSlice> slices) throws IOException {
    long most = settings.limit() > 0 ? settings.limit() : Long.MAX_VALUE;
    Map<Integer, SliceLimits> limits = new TreeMap<>();
    for (int place = 0; place < slices.size(); place++) {
      limits.put(
          place, new SliceLimits(most, most, slices.get(place).split(), settings.maxBadRecords()));
    }
    List<SliceResult> results =
        new ArrayList<>(Collections.nCopies(slices.size(), SliceResult.NOTHING));
    read(slices, limits, results, listener);
    if (settings.limit() > 0) {
      read(slices, excess(slices, results), results, ProgressListener.NONE);
    }
    return results;
  }

  /** Finds the slices with more than what is left of the limit; empties those that need none. */
  private Map<Integer, SliceLimits> excess(List<InputSlice> slices, List<SliceResult> results) {
    Map<Split, Long> left = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      left.put(split, (long) settings.limit());
    }
    Map<Integer, SliceLimits> again = new TreeMap<>();
    for (int place = 0; place < results.size(); place++) {
      SliceResult result = results.get(place);
      SliceLimits rest =
          new SliceLimits(
              left.get(Split.TRAIN),
              left.get(Split.TEST),
              slices.get(place).split(),
              settings.maxBadRecords());
      boolean tooMuch = false;
      for (Split split : Split.values()) {
        tooMuch |= result.rows(split) > rest.of(split);
        left.put(split, rest.of(split) - Math.min(rest.of(split), result.rows(split)));
      }
      if (rest.nothing()) {
        results.set(place, SliceResult.NOTHING);
      } else if (tooMuch) {
        again.put(place, rest);
      }
    }
    return again;
  }

  private void read(
      List<InputSlice> slices,
      Map<Integer, SliceLimits> limits,
      List<SliceResult> results,
      ProgressListener progress)
      throws IOException {
    if (limits.isEmpty()) {
      return;
    }
    List<Integer> places = List.copyOf(limits.keySet());
    Map<Integer, InputSlice> wanted = new TreeMap<>();
    places.forEach(place -> wanted.put(place, slices.get(place)));
    LongAccumulator done = spark.sc().longAccumulator();
    SliceReader reader =
        new SliceReader(
            new SerializableConfiguration(spark.hadoopConfiguration()),
            task,
            settings,
            attempts.toString(),
            wanted,
            limits,
            done);
    List<String> texts =
        WatchedJob.collect(
            spark.parallelize(places, places.size()).map(reader),
            "prepare",
            done,
            places.size(),
            progress);
    for (int i = 0; i < texts.size(); i++) {
      SliceResult result = SliceResult.ofJson(texts.get(i));
      if (result.error() != null) {
        throw new InvalidInputException(result.error());
      }
      results.set(places.get(i), result);
    }
  }
}
