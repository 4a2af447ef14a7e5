package org.sparksbp.mnist;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.encoding.SpikeEncoder;
import org.sparksbp.encoding.SpikeEncoders;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.measure.Measure;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/** The MNIST digits: files {@code train-*} and {@code t10k-*}, slices of 5,000 images. */
public final class MnistTask implements Task {

  private static final long serialVersionUID = 1L;

  private static final String OFFICIAL = "official";
  private static final int SLICE_IMAGES = 5_000;
  private static final int CLASSES = 10;
  private static final String WANTED =
      "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
          + " t10k-labels-idx1-ubyte (plain or .gz)";

  /** The files with the MD5 of what is downloaded. */
  private static final PublicSource SOURCE =
      new PublicSource(
          List.of(
              file("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
              file("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
              file("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
              file("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c")),
          "By hand: put the four files train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,"
              + " t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz of any MNIST mirror"
              + " into the directory.");

  /** MD5 of the contents, as published with the data set. */
  private static final Map<String, String> PUBLISHED_MD5 =
      Map.of(
          "train-images", "6bbc9ace898e44ae57da46a324031adb",
          "train-labels", "a25bea736e30d166cdddb491f175f624",
          "t10k-images", "2646ac647ad5339dbf082846283269ea",
          "t10k-labels", "27ae3e4e09519cfbb04c329615203637");

  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public PrepareSettings defaults() {
    return PrepareSettings.of("regular", 20, OFFICIAL).build();
  }

  @Override
  public List<String> splits() {
    return List.of(OFFICIAL);
  }

  @Override
  public int channels(PrepareSettings settings) {
    return IdxHeader.SIDE * IdxHeader.SIDE;
  }

  @Override
  public List<String> outputNames() {
    return List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Override
  public Measure newMeasure() {
    return ClassificationMeasure.ofSamples(outputNames());
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    check(settings);
    List<RawFolder> candidates = RawFolder.candidates(hadoop, input, name());
    for (RawFolder folder : candidates) {
      if (find(folder, "train", "images").isPresent()
          || find(folder, "t10k", "images").isPresent()) {
        List<InputSlice> slices = new ArrayList<>();
        addSlices(hadoop, folder, Split.TRAIN, settings, slices);
        addSlices(hadoop, folder, Split.TEST, settings, slices);
        return slices;
      }
    }
    throw RawFolder.notFound(name(), WANTED, input, candidates);
  }

  private static void addSlices(
      Configuration hadoop,
      RawFolder folder,
      Split split,
      PrepareSettings settings,
      List<InputSlice> slices)
      throws IOException {
    FileStatus images = require(folder, prefix(split), "images");
    FileStatus labels = require(folder, prefix(split), "labels");
    int count = checkedCount(hadoop, images, labels);
    int used = used(count, settings);
    List<String> files = List.of(images.getPath().toString(), labels.getPath().toString());
    for (int from = 0; from < used; from += SLICE_IMAGES) {
      int to = Math.min(used, from + SLICE_IMAGES);
      slices.add(new InputSlice(slices.size(), files, from, to, split));
    }
  }

  /** Checks both headers against each other and, where the files are plain, their lengths. */
  private static int checkedCount(Configuration hadoop, FileStatus images, FileStatus labels)
      throws IOException {
    try (IdxStream imageStream = IdxStream.images(hadoop, images.getPath().toString());
        IdxStream labelStream = IdxStream.labels(hadoop, labels.getPath().toString())) {
      checkLength(hadoop, images, imageStream.header());
      checkLength(hadoop, labels, labelStream.header());
      int count = imageStream.header().count();
      if (count != labelStream.header().count()) {
        throw new InvalidInputException(
            "Invalid MNIST files: "
                + count
                + " images in "
                + images.getPath()
                + ", but "
                + labelStream.header().count()
                + " labels in "
                + labels.getPath());
      }
      if (count == 0) {
        throw new InvalidInputException("Invalid IDX file " + images.getPath() + ": no images");
      }
      return count;
    }
  }

  private static void checkLength(Configuration hadoop, FileStatus file, IdxHeader header)
      throws IOException {
    if (!RawFile.isGzip(hadoop, file.getPath()) && file.getLen() != header.fileBytes()) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file.getPath()
              + ": "
              + file.getLen()
              + " bytes long, but the "
              + header.count()
              + " items of its header need "
              + header.fileBytes()
              + " bytes; get the file anew");
    }
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    String imageFile = slice.files().get(0);
    String labelFile = slice.files().get(1);
    try (IdxStream images = IdxStream.images(hadoop, imageFile);
        IdxStream labels = IdxStream.labels(hadoop, labelFile)) {
      // The slice with the last image reads both files to their ends, and so can check them whole.
      boolean last = slice.to() == used(images.header().count(), settings);
      var digest = settings.verify() && last ? IdxStream.DigestUse.ON : IdxStream.DigestUse.OFF;
      if (digest == IdxStream.DigestUse.OFF) {
        images.digesting(digest);
        labels.digesting(digest);
      }
      images.skipTo(slice.from());
      labels.skipTo(slice.from());
      readSamples(images, labels, slice, settings, sink);
      if (last) {
        images.checkEnd();
        labels.checkEnd();
      }
      if (digest == IdxStream.DigestUse.ON) {
        checkMd5(images, imageFile, prefix(slice.split()) + "-images");
        checkMd5(labels, labelFile, prefix(slice.split()) + "-labels");
      }
    }
  }

  private static void readSamples(
      IdxStream images,
      IdxStream labels,
      InputSlice slice,
      PrepareSettings settings,
      SampleSink sink)
      throws IOException {
    SpikeEncoder encoder =
        SpikeEncoders.named(settings.encoder(), settings.steps(), settings.seed());
    byte[] pixels = new byte[images.header().itemBytes()];
    byte[] labelByte = new byte[1];
    float[] intensities = new float[pixels.length];
    String idPrefix = "mnist/" + slice.split().lowerCaseName() + "/";
    for (long number = slice.from(); number < slice.to(); number++) {
      images.read(pixels);
      labels.read(labelByte);
      int label = labelByte[0] & 0xff;
      sink.read(slice.files().get(1), RecordUnit.IMAGES, 1);
      if (label >= CLASSES) {
        sink.dropped(
            slice.files().get(1),
            RecordUnit.IMAGES,
            1,
            "byte " + (labels.header().headerBytes() + number),
            "label " + label + " of image " + number + ", must be from 0 to 9");
        continue;
      }
      for (int i = 0; i < pixels.length; i++) {
        intensities[i] = (pixels[i] & 0xff) / 255f;
      }
      float[] target = new float[CLASSES];
      target[label] = 1f;
      String id = idPrefix + String.format(Locale.ROOT, "%05d", number);
      sink.sample(
          slice.split(), new Sample(id, encoder.encode(id, intensities), target, label, id));
    }
  }

  private static void checkMd5(IdxStream stream, String file, String key)
      throws InvalidInputException {
    String found = stream.md5();
    String published = PUBLISHED_MD5.get(key);
    if (!found.equals(published)) {
      throw new InvalidInputException(
          "Invalid MNIST file "
              + file
              + ": MD5 of its content is "
              + found
              + ", published is "
              + published
              + "; fetch it anew, or prepare without verifying if it is not the original");
    }
  }

  private static int used(int count, PrepareSettings settings) {
    return settings.limit() > 0 ? Math.min(count, settings.limit()) : count;
  }

  private static String prefix(Split split) {
    return split == Split.TRAIN ? "train" : "t10k";
  }

  private static FileStatus require(RawFolder folder, String prefix, String kind)
      throws InvalidInputException {
    return find(folder, prefix, kind)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "Cannot find "
                        + prefix
                        + "-"
                        + kind
                        + " of mnist in "
                        + folder.path()
                        + ": needs "
                        + WANTED));
  }

  private static RemoteFile file(String name, String md5) {
    return new RemoteFile(
        name,
        List.of(
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/" + name),
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/" + name)),
        Checksum.Algorithm.MD5,
        md5,
        RemoteFile.Unpack.NO);
  }

  @Override
  public PublicSource source() {
    return SOURCE;
  }

  @Override
  public String syntheticUnits() {
    return "digits";
  }

  /** {@inheritDoc} A seventh of the images are for test. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticDigits.write(hadoop, directory, samples, seed);
  }

  private static Optional<FileStatus> find(RawFolder folder, String prefix, String kind) {
    // Some mirrors write the dot of "idx3-ubyte" where others write a hyphen.
    Pattern name =
        Pattern.compile(
            prefix + "-" + kind + "[-.]idx[13]-ubyte(\\.gz)?", Pattern.CASE_INSENSITIVE);
    return folder.files().stream()
        .filter(file -> name.matcher(file.getPath().getName()).matches())
        .findFirst();
  }
}
