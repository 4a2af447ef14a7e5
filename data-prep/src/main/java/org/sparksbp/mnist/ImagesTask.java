package org.sparksbp.mnist;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.Split;
import org.sparksbp.task.TaskOption;

/**
 * Images of any origin in MNIST's forms: the number of classes is one more than the greatest label.
 */
public final class ImagesTask extends ImageTask {

  private static final long serialVersionUID = 1L;

  private static final TaskOption CLASSES =
      new TaskOption(
          "classes",
          "classes",
          "N",
          "labels are from 0 to N - 1 (default: as the data has)",
          List.of());

  /** More than sets of such small images have: a greater label is something else. */
  private static final int MAX_CLASSES = 1000;

  private static final int SYNTHETIC_CLASSES = 12;

  private static final PublicSource SOURCE =
      new PublicSource(
          List.of(),
          "By hand: put NAME-train-images-idx3-ubyte, NAME-train-labels-idx1-ubyte and the same of"
              + " NAME-test, or NAME_train.csv and NAME_test.csv, into a directory.");

  @Override
  public String name() {
    return "images";
  }

  @Override
  public List<TaskOption> options() {
    return List.of(CLASSES);
  }

  @Override
  ImageNames names(PrepareSettings settings) {
    // EMNIST's images are transposed, and some of its labels count from 1.
    String own = "(?!emnist)";
    boolean isHeldOut = settings.split().equals(HELD_OUT);
    String train = isHeldOut ? own + "(?!.*(?:t10k|test)).*" : own + ".*train";
    return new ImageNames(
        name(),
        List.of(name(), "raw"),
        Map.of(Split.TRAIN, train, Split.TEST, own + ".*(?:t10k|test)"),
        Map.of(Split.TRAIN, train + ".*", Split.TEST, own + ".*test.*"),
        "...train-images-idx3-ubyte, ...train-labels-idx1-ubyte and the same of ...t10k or ...test"
            + " (plain or .gz), or the tables ...train.csv and ...test.csv (emnist is a task of its"
            + " own)");
  }

  @Override
  ImageClasses classes(PrepareSettings settings) {
    return ImageClasses.numbered(settings.number(CLASSES.key()));
  }

  /** {@inheritDoc} Reads all labels if the number of classes is not given. */
  @Override
  public PrepareSettings completed(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    if (settings.number(CLASSES.key()) > 0) {
      return settings;
    }
    int greatest = -1;
    for (List<FileStatus> files : files(hadoop, input, settings).values()) {
      String labels = files.get(files.size() - 1).getPath().toString();
      greatest =
          Math.max(
              greatest,
              isTable(files)
                  ? CsvImages.greatestLabel(hadoop, labels)
                  : IdxImages.greatestLabel(hadoop, labels));
    }
    if (greatest < 1 || greatest >= MAX_CLASSES) {
      throw new InvalidInputException(
          "Invalid input "
              + input
              + ": "
              + (greatest < 0 ? "no image has a label" : "the greatest label is " + greatest)
              + ", which are no classes; say by --"
              + CLASSES.name()
              + " how many there are");
    }
    return settings.toBuilder().option(CLASSES.key(), greatest + 1).build();
  }

  @Override
  public PublicSource source() {
    return SOURCE;
  }

  @Override
  public String syntheticUnits() {
    return "signs";
  }

  /** {@inheritDoc} Tables of signs of twelve classes; a seventh of the images are for test. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticImages.ofSigns(name(), ImageClasses.numbered(SYNTHETIC_CLASSES))
        .writeTables(hadoop, directory, samples, seed);
  }
}
