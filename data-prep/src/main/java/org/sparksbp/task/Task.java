package org.sparksbp.task;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.measure.Measure;
import org.sparksbp.storage.InvalidInputException;

/** A data set with its raw form, its encoding and its measures. */
public interface Task extends Serializable {

  /** {@code mnist}, {@code nettalk} or {@code dvsgesture}. */
  String name();

  /** The settings that the study used. */
  PrepareSettings defaults();

  /** Channels of a spike train under these settings. */
  int channels(PrepareSettings settings);

  /** Names of the K output neurons: classes, or NETtalk's features. */
  List<String> outputNames();

  /**
   * Finds the raw files and divides them into slices, in an order and number that depend on the
   * input and the settings alone. Runs on the driver and reads no more than headers and
   * directories, except for what a split over all samples needs.
   *
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

  /** An empty measure of this task. */
  Measure newMeasure();
}
