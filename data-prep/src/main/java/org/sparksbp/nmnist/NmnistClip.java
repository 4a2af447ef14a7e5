package org.sparksbp.nmnist;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.aedat.EventVisitor;
import org.sparksbp.aedat.EventsRead;
import org.sparksbp.aedat.FaultVisitor;
import org.sparksbp.aedat.NpyLayout;
import org.sparksbp.clip.ClipFile;
import org.sparksbp.clip.FrameGrid;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/**
 * A clip by its path: {@code Train/5/00001.bin}.
 *
 * @param file its path
 * @param split by the folder of the folders of classes
 * @param label class from 0, the name of its folder
 */
record NmnistClip(Path file, Split split, int label) {

  /** The classes, called as their folders are. */
  static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  /** The clip of a path that {@link NmnistFiles} has found. */
  static NmnistClip of(Path file) {
    Path folder = file.getParent();
    boolean isTrain = folder.getParent().getName().equalsIgnoreCase(Split.TRAIN.lowerCaseName());
    return new NmnistClip(
        file, isTrain ? Split.TRAIN : Split.TEST, CLASSES.indexOf(folder.getName()));
  }

  /** Its number in the images that were filmed, the name of its file. */
  String number() {
    return EventFormat.NMNIST.baseName(RawFolder.plainName(file));
  }

  /** Its stable name, {@code nmnist/train/5/00001}. */
  String id() {
    return NmnistTask.NAME + "/" + split.lowerCaseName() + "/" + label + "/" + number();
  }

  void read(Configuration hadoop, FrameGrid grid, SampleSink sink) throws IOException {
    new ClipFile(file.toString(), file.getParent().toString(), id(), label, CLASSES.size(), split)
        .read((events, faults) -> readEvents(hadoop, events, faults), grid, sink);
  }

  private EventsRead readEvents(Configuration hadoop, EventVisitor events, FaultVisitor faults)
      throws IOException {
    try (InputStream in = RawFile.open(hadoop, file)) {
      return EventFormat.NMNIST.read(in, file.toString(), NpyLayout.TONIC, events, faults);
    }
  }
}
