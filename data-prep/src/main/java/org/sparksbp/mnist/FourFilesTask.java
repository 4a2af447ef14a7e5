package org.sparksbp.mnist;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;

/** A set that has the four files of MNIST with other images in them, or tables. */
abstract class FourFilesTask extends ImageTask {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String folder;
  private final List<String> classes;
  private final String origin;
  private final String syntheticUnits;

  /**
   * A set of images.
   *
   * @param folder that torchvision keeps it in
   * @param classes their names, by label from 0
   * @param origin what it is called and where it comes from
   */
  FourFilesTask(
      String name, String folder, List<String> classes, String origin, String syntheticUnits) {
    this.name = name;
    this.folder = folder;
    this.classes = classes;
    this.origin = origin;
    this.syntheticUnits = syntheticUnits;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  ImageNames names(PrepareSettings settings) {
    return ImageNames.likeMnist(name, folder);
  }

  @Override
  ImageClasses classes(PrepareSettings settings) {
    return new ImageClasses(classes, 0);
  }

  @Override
  public PublicSource source() {
    return PublishedImages.of(name).orElseThrow().source(origin);
  }

  @Override
  public String syntheticUnits() {
    return syntheticUnits;
  }

  /** {@inheritDoc} Signs stand for the classes; a seventh of the images are for test. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticImages.ofSigns(name, new ImageClasses(classes, 0))
        .write(hadoop, directory, "train", "t10k", samples, seed);
  }
}
