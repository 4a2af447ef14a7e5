package org.sparksbp.mnist;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.Split;

/**
 * The digits of QMNIST: MNIST's training images made anew and 60,000 for test. Its labels are
 * extended ones, eight numbers each, of which the first is the class.
 */
public final class QmnistTask extends ImageTask {

  private static final long serialVersionUID = 1L;

  private static final String TRAIN = "qmnist-train";
  private static final String TEST = "qmnist-test";

  @Override
  public String name() {
    return "qmnist";
  }

  @Override
  ImageNames names(PrepareSettings settings) {
    return new ImageNames(
        name(),
        List.of(name(), "raw", "QMNIST", "QMNIST/raw"),
        Map.of(Split.TRAIN, TRAIN, Split.TEST, TEST),
        Map.of(Split.TRAIN, "qmnist[-_]train", Split.TEST, "qmnist[-_]test"),
        "qmnist-train-images-idx3-ubyte, qmnist-train-labels-idx2-int,"
            + " qmnist-test-images-idx3-ubyte and qmnist-test-labels-idx2-int (plain or .gz)");
  }

  @Override
  ImageClasses classes(PrepareSettings settings) {
    return ImageClasses.numbered(10);
  }

  @Override
  public PublicSource source() {
    return PublishedImages.of(name())
        .orElseThrow()
        .source("QMNIST, https://github.com/facebookresearch/qmnist");
  }

  @Override
  public String syntheticUnits() {
    return "digits";
  }

  /** {@inheritDoc} A seventh of the images are for test. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    new SyntheticImages(
            ImageClasses.numbered(10),
            PixelOrder.BY_ROWS,
            SyntheticImages.Labels.EXTENDED,
            DigitStrokes::of)
        .write(hadoop, directory, TRAIN, TEST, samples, seed);
  }
}
