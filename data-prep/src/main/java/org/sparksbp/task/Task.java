package org.sparksbp.task;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.encoding.SpikeEncoders;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.measure.Measure;
import org.sparksbp.storage.InvalidInputException;

/**
 * A data set: where its raw files come from, how they become spike trains, how those are divided,
 * and how what is learnt from them is measured. All that is special to a data set is behind this
 * interface; commands, shards and training know no task by its name.
 *
 * <p>A task has no state: it is sent to executors, and its methods give the same for the same
 * arguments.
 */
public interface Task extends Serializable {

  /** What commands, manifests and configurations call it, for example {@code mnist}. */
  String name();

  /** What is prepared if nothing else is asked for: the settings that the study used. */
  PrepareSettings defaults();

  /** The encoders that its raw form can go through. */
  default List<String> encoders() {
    return SpikeEncoders.names();
  }

  /** The ways in which its samples can be divided, as {@link PrepareSettings#split} names them. */
  List<String> splits();

  /** What may be asked for beside that which all tasks know, in the order of help texts. */
  default List<TaskOption> options() {
    return List.of();
  }

  /**
   * Checks settings without looking at any data. What the lists above say is checked here; a task
   * adds what they cannot say.
   *
   * @throws IllegalArgumentException naming the setting that makes no sense for this task
   */
  default void check(PrepareSettings settings) {
    settings.checkAgainst(this);
  }

  /** Channels of a spike train under these settings. */
  int channels(PrepareSettings settings);

  /**
   * Names of the K output neurons: classes, or features of which several may be on.
   *
   * @param settings as {@link #completed} gives them
   */
  List<String> outputNames(PrepareSettings settings);

  /**
   * What to prepare instead where a model takes the mean of a sample's steps: tells that the steps
   * are pictures whose order counts. Empty where they all show the same.
   *
   * @param settings that the data was prepared with
   */
  default Optional<SettingChange> changeToSingleSteps(PrepareSettings settings) {
    return Optional.empty();
  }

  /**
   * Settings with what was left to the raw files to say filled in, such as the number of classes.
   * Runs on the driver before all else.
   *
   * @throws InvalidInputException if the raw files do not say it
   */
  default PrepareSettings completed(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    return settings;
  }

  /**
   * Finds the raw files and divides them into slices, in an order and number that depend on the
   * input and the settings alone. Runs on the driver and reads no more than headers and
   * directories, except for what a split over all samples or the number of records needs.
   *
   * @param settings as {@link #completed} gives them
   * @throws IllegalArgumentException as {@link #check} has it
   * @throws InvalidInputException if the input is not this task's
   */
  List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException;

  /**
   * Reads, encodes and delivers the samples of a slice as a stream. Runs on an executor, any number
   * of times with the same result.
   *
   * @throws InvalidInputException if the input is broken in a way that skipping a record cannot
   *     mend
   */
  void read(Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException;

  /**
   * An empty measure of what a model answers.
   *
   * @param outputNames those of the prepared data, see {@link #outputNames}
   */
  Measure newMeasure(List<String> outputNames);

  /** Where the raw files can be downloaded, and how to get them if that fails. */
  PublicSource source();

  /** What its synthetic data is counted in, in the plural: {@code words}. */
  String syntheticUnits();

  /**
   * Writes made-up raw files in the format of the real ones; files of the same names are replaced.
   *
   * @param directory on any Hadoop file system
   * @param samples how many {@link #syntheticUnits}, at least 2: both splits get some
   * @param seed decides every byte
   */
  void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException;
}
