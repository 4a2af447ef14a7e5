package org.sparksbp.nmnist;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.clip.ClipTask;
import org.sparksbp.clip.FrameOptions;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.SampleSink;

/** N-MNIST, ten digits of 34x34 pixels as clips of 0.3 s; as a rule a frame is a saccade. */
public final class NmnistTask extends ClipTask {

  static final String NAME = "nmnist";

  private static final long serialVersionUID = 1L;

  /** The camera moves three times. */
  private static final int SACCADES = 3;

  private static final FrameOptions FRAMES =
      new FrameOptions(EventFormat.NMNIST_SIDE, EventFormat.NMNIST_SIDE);

  /** Clips and events together; of each file the allowed share is what counts. */
  private static final int MAX_BAD_RECORDS = 10_000;

  private static final PublicSource SOURCE =
      new PublicSource(
          List.of(
              archive(
                  "Train.zip",
                  "39c25547-014b-4137-a934-9d29fa53c7a0",
                  "20959b8e626244a1b502305a9e6e2031"),
              archive(
                  "Test.zip",
                  "05a4d654-7e03-4c15-bdfa-9bb2bcbea494",
                  "69ca8762b2fe404d9b9bad1103e97832")),
          "By hand: open https://www.garrickorchard.com/datasets/n-mnist, get Train.zip (md5"
              + " 20959b8e626244a1b502305a9e6e2031) and Test.zip (md5"
              + " 69ca8762b2fe404d9b9bad1103e97832), 1.2 GB in all, and unpack both into the"
              + " directory.");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  protected FrameOptions frames() {
    return FRAMES;
  }

  @Override
  public PrepareSettings defaults() {
    return FRAMES.defaults(SACCADES).maxBadRecords(MAX_BAD_RECORDS).build();
  }

  @Override
  public List<String> splits() {
    return List.of(FrameOptions.OFFICIAL);
  }

  @Override
  public List<String> outputNames(PrepareSettings settings) {
    return NmnistClip.CLASSES;
  }

  @Override
  public PublicSource source() {
    return SOURCE;
  }

  private static RemoteFile archive(String name, String place, String md5) {
    URI mirror =
        URI.create(
            "https://data.mendeley.com/public-files/datasets/468j46mzdv/files/"
                + place
                + "/file_downloaded");
    return new RemoteFile(
        name, List.of(mirror), Checksum.Algorithm.MD5, md5, RemoteFile.Unpack.ZIP);
  }

  @Override
  public String syntheticUnits() {
    return "clips of digits";
  }

  /** {@inheritDoc} A seventh of them, one at least, is for test. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticSaccades.write(hadoop, directory, samples, seed);
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    check(settings);
    return NmnistFiles.find(hadoop, input).slices();
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    SampleSink byFolder = new CountsByFolder(sink);
    for (String file : slice.files()) {
      NmnistClip.of(new Path(file)).read(hadoop, FRAMES.grid(settings), byFolder);
    }
  }
}
