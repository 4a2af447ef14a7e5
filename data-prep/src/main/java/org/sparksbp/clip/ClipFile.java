package org.sparksbp.clip;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventVisitor;
import org.sparksbp.aedat.EventsRead;
import org.sparksbp.aedat.FaultVisitor;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/**
 * A file that is one clip, from its first event to its last.
 *
 * @param file its path
 * @param among the folder or the table whose clips it is counted with
 * @param id of the clip
 * @param label class from 0
 * @param classes that there are
 * @param split of the clip, or null if the clip itself is divided
 */
public record ClipFile(String file, String among, String id, int label, int classes, Split split) {

  private static final FaultVisitor KNOWN = (events, position, reason) -> {};

  /** Reads all events of the file, each time the same ones. */
  @FunctionalInterface
  public interface Source {

    /** As the formats of events have it. */
    EventsRead read(EventVisitor events, FaultVisitor faults) throws IOException;
  }

  /** Reads the file twice: for the time of its first and last event, then to bin them. */
  public void read(Source source, FrameGrid grid, SampleSink sink) throws IOException {
    sink.read(among, RecordUnit.CLIPS, 1);
    long[] time = {Long.MAX_VALUE, Long.MIN_VALUE};
    EventVisitor timeRange =
        (at, x, y, polarity) -> {
          time[0] = Math.min(time[0], at);
          time[1] = Math.max(time[1], at);
        };
    EventsRead read =
        source.read(
            timeRange,
            (events, position, reason) ->
                sink.dropped(file, RecordUnit.EVENTS, events, position, reason));
    sink.read(file, RecordUnit.EVENTS, read.events());
    if (time[1] < time[0]) {
      sink.dropped(
          among, RecordUnit.CLIPS, 1, "file " + new Path(file).getName(), "no usable events");
      return;
    }
    ClipSamples clip =
        new ClipSamples(new LabelledClip(id, label, time[0], time[1] + 1), grid, split, classes);
    var counted = source.read(new ClipBinner(grid, clip.rasters()), KNOWN);
    clip.deliver(sink);
  }
}
