package org.sparksbp.mnist;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.Split;
import org.sparksbp.task.TaskOption;

/**
 * The handwritten characters of EMNIST, in one of its six sets. Its files have the images
 * transposed, here they stand upright.
 */
public final class EmnistTask extends ImageTask {

  private static final long serialVersionUID = 1L;

  private static final TaskOption SPLIT =
      new TaskOption(
          "emnistSplit",
          "emnist-split",
          "SET",
          "byclass, bymerge, balanced, letters, digits or mnist (default: the one that is there)",
          EmnistSplit.names());

  private static final PublicSource SOURCE =
      new PublicSource(
          List.of(
              new RemoteFile(
                  "gzip.zip",
                  List.of(
                      URI.create("https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip"),
                      URI.create("https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/gzip.zip")),
                  Checksum.Algorithm.MD5,
                  "58c8d27c78d21e728a6bc7b3cc06412e",
                  RemoteFile.Unpack.ZIP)),
          "By hand: get gzip.zip (the binary format) from"
              + " https://www.nist.gov/itl/products-and-services/emnist-dataset and unpack it into"
              + " the directory.");

  @Override
  public String name() {
    return "emnist";
  }

  @Override
  public List<TaskOption> options() {
    return List.of(SPLIT);
  }

  @Override
  PixelOrder order() {
    return PixelOrder.BY_COLUMNS;
  }

  @Override
  ImageNames names(PrepareSettings settings) {
    return names(split(settings));
  }

  @Override
  ImageClasses classes(PrepareSettings settings) {
    return split(settings).classes();
  }

  /** {@inheritDoc} Without a set that is the one whose files are there. */
  @Override
  public PrepareSettings completed(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    if (!settings.text(SPLIT.key()).isEmpty()) {
      return settings;
    }
    List<EmnistSplit> there = new ArrayList<>();
    for (EmnistSplit split : EmnistSplit.values()) {
      if (new ImageFiles(hadoop, names(split)).isAnyIn(input)) {
        there.add(split);
      }
    }
    if (there.isEmpty()) {
      throw new ImageFiles(hadoop, names("SET")).notFound(input);
    }
    if (there.size() > 1) {
      throw new InvalidInputException(
          "Invalid input "
              + input
              + ": it has several sets of emnist, "
              + String.join(", ", there.stream().map(EmnistSplit::lowerCaseName).toList())
              + "; choose one by --"
              + SPLIT.name());
    }
    return settings.toBuilder().option(SPLIT.key(), there.get(0).lowerCaseName()).build();
  }

  /** {@inheritDoc} A mapping file beside them must say of the labels what is expected. */
  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    List<InputSlice> slices = super.slices(hadoop, input, settings);
    EmnistSplit split = split(settings);
    Path folder = new Path(slices.get(0).files().get(0)).getParent();
    Optional<FileStatus> mapping =
        RawFolder.of(hadoop, folder).file("emnist-" + split.lowerCaseName() + "-mapping.txt");
    if (mapping.isPresent()) {
      EmnistMapping.check(hadoop, mapping.get().getPath(), split.classes());
    }
    return slices;
  }

  private static EmnistSplit split(PrepareSettings settings) {
    return EmnistSplit.named(settings.text(SPLIT.key()));
  }

  private ImageNames names(EmnistSplit split) {
    return names(split.lowerCaseName());
  }

  private ImageNames names(String split) {
    String train = "emnist-" + split + "-train";
    String test = "emnist-" + split + "-test";
    return new ImageNames(
        name(),
        List.of(name(), "gzip", "raw", "EMNIST", "EMNIST/raw", "EMNIST/gzip"),
        Map.of(Split.TRAIN, train, Split.TEST, test),
        Map.of(Split.TRAIN, train, Split.TEST, test),
        train
            + "-images-idx3-ubyte, "
            + train
            + "-labels-idx1-ubyte and the same of "
            + test
            + " (plain or .gz), or the tables "
            + train
            + ".csv and "
            + test
            + ".csv");
  }

  @Override
  public PublicSource source() {
    return SOURCE;
  }

  @Override
  public String syntheticUnits() {
    return "characters of each set";
  }

  /**
   * {@inheritDoc} All six sets are written, with signs in the place of letters; a seventh of the
   * images are for test.
   */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    for (EmnistSplit split : EmnistSplit.values()) {
      List<String> characters = split.classes().names();
      SyntheticImages images =
          new SyntheticImages(
              split.classes(),
              PixelOrder.BY_COLUMNS,
              SyntheticImages.Labels.BYTES,
              index -> strokes(characters.get(index)));
      String prefix = "emnist-" + split.lowerCaseName();
      images.write(hadoop, directory, prefix + "-train", prefix + "-test", samples, seed);
    }
  }

  private List<double[]> strokes(String character) {
    char c = character.charAt(0);
    return Character.isDigit(c) ? DigitStrokes.of(c - '0') : MadeUpSigns.of(name(), c);
  }
}
