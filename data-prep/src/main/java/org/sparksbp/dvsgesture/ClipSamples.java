package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.util.List;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/** A clip with the rasters its events are binned into, and the samples that come of them. */
final class ClipSamples {

  private final LabelledClip clip;
  private final FrameGrid grid;
  private final Split split;
  private final List<FrameRaster> rasters;

  /**
   * Prepares the rasters of a clip.
   *
   * @param split of the whole clip, or null if the clip itself is divided
   */
  ClipSamples(LabelledClip clip, FrameGrid grid, Split split) {
    this.clip = clip;
    this.grid = grid;
    this.split = split;
    long cut = FrameGrid.cut(clip.start(), clip.end());
    boolean twoParts = grid.withinClip() && !grid.byFrame() && cut > clip.start();
    this.rasters =
        twoParts
            ? List.of(
                new FrameRaster(clip.start(), cut, grid), new FrameRaster(cut, clip.end(), grid))
            : List.of(new FrameRaster(clip.start(), clip.end(), grid));
  }

  List<FrameRaster> rasters() {
    return rasters;
  }

  /** Delivers the samples; returns whether the clip had any event. */
  boolean deliver(SampleSink sink) throws IOException {
    if (rasters.stream().mapToLong(FrameRaster::events).sum() == 0) {
      return false;
    }
    if (grid.byFrame()) {
      deliverFrames(sink);
    } else if (grid.withinClip()) {
      deliverParts(sink);
    } else {
      sink.sample(split, sample(clip.id(), rasters.get(0).train()));
    }
    return true;
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
        sink.sample(of, sample(clip.id() + "/%03d".formatted(frame), raster.frameTrain(frame)));
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
    float[] target = new float[Gestures.NAMES.size()];
    target[clip.label()] = 1f;
    return new Sample(id, spikes, target, clip.label(), clip.id());
  }
}
