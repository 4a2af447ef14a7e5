package org.sparksbp.mnist;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;

/** The clothes of Fashion-MNIST: the files of MNIST with other images in them, or tables. */
public final class FashionMnistTask extends ImageTask {

  private static final long serialVersionUID = 1L;

  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  @Override
  public String name() {
    return "fashion-mnist";
  }

  @Override
  ImageNames names(PrepareSettings settings) {
    return ImageNames.likeMnist(name(), "FashionMNIST");
  }

  @Override
  ImageClasses classes(PrepareSettings settings) {
    return new ImageClasses(CLASSES, 0);
  }

  @Override
  public PublicSource source() {
    return PublishedImages.of(name())
        .orElseThrow()
        .source("Fashion-MNIST, https://github.com/zalandoresearch/fashion-mnist");
  }

  @Override
  public String syntheticUnits() {
    return "pieces";
  }

  /** {@inheritDoc} Signs stand for the classes; a seventh of the images are for test. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticImages.ofSigns(name(), new ImageClasses(CLASSES, 0))
        .write(hadoop, directory, "train", "t10k", samples, seed);
  }
}
