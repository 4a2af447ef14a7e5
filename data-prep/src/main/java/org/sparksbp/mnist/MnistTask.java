package org.sparksbp.mnist;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;

/** The MNIST digits: files {@code train-*} and {@code t10k-*}, or tables. */
public final class MnistTask extends ImageTask {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "mnist";
  }

  @Override
  ImageNames names(PrepareSettings settings) {
    return ImageNames.likeMnist(name(), "MNIST");
  }

  @Override
  ImageClasses classes(PrepareSettings settings) {
    return ImageClasses.numbered(10);
  }

  @Override
  public PublicSource source() {
    return PublishedImages.of(name()).orElseThrow().source("any MNIST mirror");
  }

  @Override
  public String syntheticUnits() {
    return "digits";
  }

  /** {@inheritDoc} A seventh of the images are for test. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticImages.DIGITS.write(hadoop, directory, "train", "t10k", samples, seed);
  }
}
