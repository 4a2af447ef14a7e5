package org.sparksbp.clip;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/** A clip with the rasters its events are binned into, and the samples that come of them. */
public final class ClipSamples {

  /** Share of a clip, and intervals between its events, beyond which silence is an end. */
  private static final double SILENT_SHARE = 0.1;

  private static final double SILENT_INTERVALS = 10;

  /** Of fewer events no interval can be told. */
  private static final int EVENTS_TO_TELL = 20;

  private final LabelledClip clip;
  private final FrameGrid grid;
  private final Split split;
  private final int classes;
  private final List<FrameRaster> rasters;

  /**
   * Prepares the rasters of a clip.
   *
   * @param split of the whole clip, or null if the clip itself is divided
   * @param classes that there are
   */
  public ClipSamples(LabelledClip clip, FrameGrid grid, Split split, int classes) {
    this.clip = clip;
    this.grid = grid;
    this.split = split;
    this.classes = classes;
    long cut = FrameGrid.cut(clip.start(), clip.end());
    boolean twoParts = grid.withinClip() && !grid.byFrame() && cut > clip.start();
    this.rasters =
        twoParts
            ? List.of(
                new FrameRaster(clip.start(), cut, grid), new FrameRaster(cut, clip.end(), grid))
            : List.of(new FrameRaster(clip.start(), clip.end(), grid));
  }

  /** What the clip's events are to be binned into. */
  public List<FrameRaster> rasters() {
    return rasters;
  }

  /** Number of events in the time of the clip. */
  public long events() {
    return rasters.stream().mapToLong(FrameRaster::events).sum();
  }

  /**
   * Whether the recording ends in the middle of the clip. Where it is not truncated, a camera that
   * sees little may be silent up to the clip's end; so the silence must be longer than the events
   * before let expect.
   *
   * @param last time of the recording's last event
   * @param truncated whether the recording's file ends early
   */
  public boolean isCut(long last, boolean truncated) {
    long silent = clip.end() - 1 - last;
    if (silent <= 0) {
      return false;
    }
    double between = (double) (last - clip.start()) / events();
    return truncated
        || events() >= EVENTS_TO_TELL
            && silent
                > Math.max(SILENT_SHARE * (clip.end() - clip.start()), SILENT_INTERVALS * between);
  }

  /** Hands on the samples, all of whose events have been binned. */
  public void deliver(SampleSink sink) throws IOException {
    if (grid.byFrame()) {
      deliverFrames(sink);
    } else if (grid.withinClip()) {
      deliverParts(sink);
    } else {
      sink.sample(split, sample(clip.id(), rasters.get(0).train()));
    }
  }

  private void deliverFrames(SampleSink sink) throws IOException {
    FrameRaster raster = rasters.get(0);
    int trainFrames = FrameGrid.trainFrames(raster.frames());
    for (int frame = 0; frame < raster.frames(); frame++) {
      Split of = split;
      if (grid.withinClip()) {
        of = frame < trainFrames ? Split.TRAIN : Split.TEST;
      }
      if (raster.isKept(frame)) {
        sink.sample(
            of,
            sample(
                clip.id() + String.format(Locale.ROOT, "/%03d", frame), raster.frameTrain(frame)));
      }
    }
  }

  private void deliverParts(SampleSink sink) throws IOException {
    Split[] parts = {Split.TRAIN, Split.TEST};
    for (int i = 0; i < rasters.size(); i++) {
      String id = clip.id() + "/" + parts[i].lowerCaseName();
      sink.sample(parts[i], sample(id, rasters.get(i).train()));
    }
  }

  private Sample sample(String id, SpikeTrain spikes) {
    float[] target = new float[classes];
    target[clip.label()] = 1f;
    return new Sample(id, spikes, target, clip.label(), clip.id());
  }
}
