package org.sparksbp.mnist;

import java.io.BufferedWriter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.random.RandomStream;
import org.sparksbp.storage.AtomicFile;

/**
 * Made-up images of a set in its own form.
 *
 * @param classes of the set
 * @param order in which files have pixels
 * @param labels form of the label files
 * @param strokes that stand for a class, as {@link DigitStrokes} has them
 */
record SyntheticImages(
    ImageClasses classes, PixelOrder order, Labels labels, IntFunction<List<double[]>> strokes) {

  /** How labels are written. */
  enum Labels {
    /** A byte each. */
    BYTES("idx1-ubyte"),
    /** Eight numbers each, the first of which is the class. */
    EXTENDED("idx2-int");

    private final String suffix;

    Labels(String suffix) {
      this.suffix = suffix;
    }
  }

  static final SyntheticImages DIGITS =
      new SyntheticImages(
          ImageClasses.numbered(10), PixelOrder.BY_ROWS, Labels.BYTES, DigitStrokes::of);

  private static final int SIDE = IdxHeader.SIDE;
  private static final int EXTENDED_LABEL_NUMBERS = 8;

  /** Signs in the place of what the images of a set show. */
  static SyntheticImages ofSigns(String set, ImageClasses classes) {
    return new SyntheticImages(
        classes, PixelOrder.BY_ROWS, Labels.BYTES, index -> MadeUpSigns.of(set, index));
  }

  /** Writes IDX files whose names begin so; a seventh of the images are for test. */
  void write(
      Configuration hadoop, Path directory, String train, String test, int samples, long seed)
      throws IOException {
    int forTest = Math.max(1, samples / ImageSamples.IMAGES_A_TEST);
    writeSplit(hadoop, directory, train, samples - forTest, seed);
    writeSplit(hadoop, directory, test, forTest, seed);
  }

  private void writeSplit(Configuration hadoop, Path directory, String prefix, int count, long seed)
      throws IOException {
    String labelName = prefix + "-labels-" + labels.suffix + ".gz";
    try (AtomicFile imageFile =
            new AtomicFile(hadoop, new Path(directory, prefix + "-images-idx3-ubyte.gz"));
        AtomicFile labelFile = new AtomicFile(hadoop, new Path(directory, labelName))) {
      try (DataOutputStream imageOut = compressed(imageFile);
          DataOutputStream labelOut = compressed(labelFile)) {
        writeHeaders(imageOut, labelOut, count);
        for (int number = 0; number < count; number++) {
          Drawn drawn = draw(prefix, seed, number);
          for (int place = 0; place < SIDE * SIDE; place++) {
            // A square's transposition is its own inverse.
            imageOut.writeByte(drawn.pixels()[order.place(place, SIDE)]);
          }
          writeLabel(labelOut, drawn.label());
        }
      }
      imageFile.commit();
      labelFile.commit();
    }
  }

  /** Writes the tables {@code train.csv} and {@code test.csv}. */
  void writeTables(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    int forTest = Math.max(1, samples / ImageSamples.IMAGES_A_TEST);
    writeTable(hadoop, directory, "train", samples - forTest, seed);
    writeTable(hadoop, directory, "test", forTest, seed);
  }

  private void writeTable(Configuration hadoop, Path directory, String name, int count, long seed)
      throws IOException {
    AtomicFile.write(
        hadoop,
        new Path(directory, name + ".csv"),
        out -> {
          BufferedWriter text =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.write("label");
          for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            text.write(",pixel" + pixel);
          }
          text.write('\n');
          for (int number = 0; number < count; number++) {
            Drawn drawn = draw(name, seed, number);
            text.write(Integer.toString(drawn.label()));
            for (byte pixel : drawn.pixels()) {
              text.write("," + (pixel & 0xff));
            }
            text.write('\n');
          }
          text.flush();
        });
  }

  private void writeHeaders(DataOutputStream imageOut, DataOutputStream labelOut, int count)
      throws IOException {
    imageOut.writeInt(IdxHeader.IMAGES_MAGIC);
    imageOut.writeInt(count);
    imageOut.writeInt(SIDE);
    imageOut.writeInt(SIDE);
    boolean isExtended = labels == Labels.EXTENDED;
    labelOut.writeInt(isExtended ? IdxHeader.EXTENDED_LABELS_MAGIC : IdxHeader.LABELS_MAGIC);
    labelOut.writeInt(count);
    if (isExtended) {
      labelOut.writeInt(EXTENDED_LABEL_NUMBERS);
    }
  }

  private void writeLabel(DataOutputStream out, int label) throws IOException {
    if (labels == Labels.BYTES) {
      out.writeByte(label);
      return;
    }
    out.writeInt(label);
    for (int number = 1; number < EXTENDED_LABEL_NUMBERS; number++) {
      out.writeInt(0);
    }
  }

  /**
   * A made-up image.
   *
   * @param label as the files have it
   * @param pixels row by row, {@code [28 * 28]}
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Drawn(int label, byte[] pixels) {}

  /** The image of that number in the files whose names begin so. */
  Drawn draw(String prefix, long seed, int number) {
    RandomStream random = RandomStream.of(seed, "synthetic-digit-" + prefix, number);
    int index = random.nextInt(classes.names().size());
    return new Drawn(
        classes.firstLabel() + index, StrokeDrawing.draw(strokes.apply(index), random));
  }

  private static DataOutputStream compressed(AtomicFile file) throws IOException {
    return new DataOutputStream(new GZIPOutputStream(file.create(), 1 << 16));
  }
}
