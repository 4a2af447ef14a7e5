package org.sparksbp.clip;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.sparksbp.aedat.EventVisitor;

/** Bins a stream of events into all the rasters, overlapping or not, that its times fall in. */
public final class ClipBinner implements EventVisitor {

  private final int side;
  private final int[] pooled;
  private final int polarityChannels;

  /** Starts and ends of the rasters, ascending; between two of them the same rasters are active. */
  private final long[] boundaries;

  private final FrameRaster[][] activeBehind;

  private FrameRaster[] active = {};
  private long activeFrom = Long.MAX_VALUE;
  private long activeTo = Long.MIN_VALUE;
  private long last = Long.MIN_VALUE;

  /** Bins events of the grid's sensor. */
  public ClipBinner(FrameGrid grid, List<FrameRaster> rasters) {
    side = grid.sensorSide();
    pooled = new int[side * side];
    int pool = side / grid.side();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        pooled[y * side + x] = y / pool * grid.side() + x / pool;
      }
    }
    polarityChannels = grid.separate() ? grid.side() * grid.side() : 0;
    boundaries =
        rasters.stream()
            .flatMapToLong(raster -> LongStream.of(raster.start(), raster.end()))
            .sorted()
            .distinct()
            .toArray();
    activeBehind = new FrameRaster[boundaries.length][];
    for (int i = 0; i < boundaries.length; i++) {
      long from = boundaries[i];
      activeBehind[i] =
          rasters.stream()
              .filter(raster -> raster.start() <= from && from < raster.end())
              .toArray(FrameRaster[]::new);
    }
  }

  @Override
  public void event(long time, int x, int y, int polarity) {
    if (time < activeFrom || time >= activeTo) {
      findActive(time);
    }
    if (time > last) {
      last = time;
    }
    for (FrameRaster raster : active) {
      raster.add(time, pooled[y * side + x] + polarity * polarityChannels);
    }
  }

  /** Time of the last event, in us. */
  public long last() {
    return last;
  }

  private void findActive(long time) {
    int found = Arrays.binarySearch(boundaries, time);
    int index = found >= 0 ? found : -found - 2;
    active = index < 0 ? new FrameRaster[0] : activeBehind[index];
    activeFrom = index < 0 ? Long.MIN_VALUE : boundaries[index];
    activeTo = index + 1 < boundaries.length ? boundaries[index + 1] : Long.MAX_VALUE;
  }
}
