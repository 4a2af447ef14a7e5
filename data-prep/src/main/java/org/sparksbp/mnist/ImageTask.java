package org.sparksbp.mnist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.measure.Measure;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/**
 * Images of 28x28 pixels with a class each, as MNIST and its relatives are: IDX files, or tables
 * with a row of 785 numbers for each image.
 *
 * <p>A slice is 5,000 images. A set says what its files and its classes are called.
 */
abstract class ImageTask implements Task {

  private static final long serialVersionUID = 1L;

  static final String OFFICIAL = "official";
  static final String HELD_OUT = "held-out";
  static final String WITHOUT_TEST_FILE =
      "--split "
          + HELD_OUT
          + ", which needs no test file: every seventh image of the training file is for test";

  private static final int SLICE_IMAGES = 5_000;

  /** What the files are called. */
  abstract ImageNames names(PrepareSettings settings);

  /** The classes by the labels of the files. */
  abstract ImageClasses classes(PrepareSettings settings);

  /** How the files have an image's pixels. */
  PixelOrder order() {
    return PixelOrder.BY_ROWS;
  }

  @Override
  public PrepareSettings defaults() {
    return PrepareSettings.of("regular", 20, OFFICIAL).build();
  }

  @Override
  public List<String> splits() {
    return List.of(OFFICIAL, HELD_OUT);
  }

  @Override
  public int channels(PrepareSettings settings) {
    return IdxHeader.SIDE * IdxHeader.SIDE;
  }

  @Override
  public List<String> outputNames(PrepareSettings settings) {
    return classes(settings).names();
  }

  @Override
  public Measure newMeasure(List<String> outputNames) {
    return ClassificationMeasure.ofSamples(outputNames);
  }

  /** {@inheritDoc} Only what is published file by file can be verified. */
  @Override
  public void check(PrepareSettings settings) {
    Task.super.check(settings);
    if (settings.verify() && PublishedImages.of(name()).isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid verify: no checksums of the files of " + name() + " are published");
    }
  }

  /** The files of each split: images and labels, or a table. */
  final Map<Split, List<FileStatus>> files(
      Configuration hadoop, Path input, PrepareSettings settings) throws IOException {
    List<Split> splits = isHeldOut(settings) ? List.of(Split.TRAIN) : List.of(Split.values());
    return new ImageFiles(hadoop, names(settings)).find(input, splits);
  }

  /** {@inheritDoc} Tables are read once to count their rows. */
  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    check(settings);
    List<InputSlice> slices = new ArrayList<>();
    for (Map.Entry<Split, List<FileStatus>> entry : files(hadoop, input, settings).entrySet()) {
      List<FileStatus> files = entry.getValue();
      long used =
          isTable(files)
              ? CsvImages.checkedCount(hadoop, files.get(0).getPath().toString(), most(settings))
              : used(IdxImages.checkedCount(hadoop, files.get(0), files.get(1)), settings);
      List<String> names = files.stream().map(file -> file.getPath().toString()).toList();
      Split split = isHeldOut(settings) ? null : entry.getKey();
      for (long from = 0; from < used; from += SLICE_IMAGES) {
        long to = Math.min(used, from + SLICE_IMAGES);
        slices.add(new InputSlice(slices.size(), names, from, to, split));
      }
    }
    return slices;
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    if (settings.verify() && slice.from() == 0) {
      PublishedImages published = PublishedImages.of(name()).orElseThrow();
      for (String file : slice.files()) {
        published.verify(hadoop, file);
      }
    }
    ImageSamples samples = new ImageSamples(this, slice, settings, sink);
    if (isTable(slice.files())) {
      CsvImages.read(hadoop, slice.files().get(0), slice.from(), slice.to(), samples);
    } else {
      readIdx(hadoop, slice, settings, samples);
    }
  }

  private static void readIdx(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, ImageVisitor visitor)
      throws IOException {
    String labelFile = slice.files().get(1);
    int count;
    try (IdxStream labels = IdxStream.labels(hadoop, labelFile)) {
      count = labels.header().count();
    }
    // The slice with the last image is the one that reads both files to their ends.
    boolean last = slice.to() == used(count, settings);
    IdxImages.read(
        hadoop,
        slice.files().get(0),
        labelFile,
        slice.from(),
        slice.to(),
        last ? IdxImages.Extent.TO_THE_END : IdxImages.Extent.PART,
        visitor);
  }

  /** How many images of a file are needed at most, if all of them can be used. */
  private static long most(PrepareSettings settings) {
    if (settings.limit() == 0) {
      return Long.MAX_VALUE;
    }
    return isHeldOut(settings)
        ? (long) ImageSamples.IMAGES_A_TEST * settings.limit()
        : settings.limit();
  }

  private static long used(int count, PrepareSettings settings) {
    return Math.min(count, most(settings));
  }

  private static boolean isHeldOut(PrepareSettings settings) {
    return settings.split().equals(HELD_OUT);
  }

  /** Whether the files are one table rather than two IDX files. */
  static boolean isTable(List<?> files) {
    return files.size() == 1;
  }
}
