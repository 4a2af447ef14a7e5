package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.clip.ClipTask;
import org.sparksbp.clip.FrameGrid;
import org.sparksbp.clip.FrameOptions;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.TaskOption;

/** The DVS128 gestures, from recordings with label files or from single clips. */
public final class DvsGestureTask extends ClipTask {

  static final String NAME = "dvsgesture";

  private static final long serialVersionUID = 1L;

  /** Clips as the library Tonic has them, with the MD5 of its archives. */
  private static final PublicSource SOURCE =
      new PublicSource(
          List.of(
              archive("ibmGestureTrain.tar.gz", "38022171", "3a8f0d4120a166bac7591f77409cb105"),
              archive("ibmGestureTest.tar.gz", "38020584", "56070e45dadaa85fff82e0fbfbc06de5")),
          "By hand: the raw recordings need a form: open"
              + " https://research.ibm.com/interactive/dvsgesture/, get DvsGesture.tar.gz (3 GB,"
              + " md5 8a5c71fb11e24e5ca5b11866ca6c00a1) and unpack it into the directory. Or open"
              + " https://figshare.com/ndownloader/files/38022171 and"
              + " https://figshare.com/ndownloader/files/38020584 in a browser (clips, 1.5 GB) and"
              + " unpack both there.");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  protected FrameOptions frames() {
    return GestureOptions.FRAMES;
  }

  @Override
  public PrepareSettings defaults() {
    return GestureOptions.defaults();
  }

  @Override
  public List<String> splits() {
    return List.of(FrameOptions.OFFICIAL, FrameOptions.WITHIN_CLIP);
  }

  @Override
  public List<TaskOption> options() {
    return GestureOptions.ALL;
  }

  @Override
  public List<String> outputNames(PrepareSettings settings) {
    return Gestures.NAMES;
  }

  @Override
  public PublicSource source() {
    return SOURCE;
  }

  private static RemoteFile archive(String name, String number, String md5) {
    URI place = URI.create("https://ndownloader.figshare.com/files/" + number);
    return new RemoteFile(
        name, List.of(place), Checksum.Algorithm.MD5, md5, RemoteFile.Unpack.TAR_GZ);
  }

  @Override
  public String syntheticUnits() {
    return "recorded gestures";
  }

  /** {@inheritDoc} Clips are rounded up to whole recordings of eleven, two at least. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticGestures.write(hadoop, directory, samples, seed);
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    check(settings);
    FrameGrid grid = GestureOptions.FRAMES.grid(settings);
    return new GestureSlices(hadoop, GestureFiles.find(hadoop, input), grid).slices();
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    new GestureReader(hadoop, slice, settings, sink).read();
  }
}
