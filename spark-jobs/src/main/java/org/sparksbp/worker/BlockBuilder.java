package org.sparksbp.worker;

import java.util.Arrays;

/** Puts a worker's samples together as they come, in any order, from any thread. */
final class BlockBuilder {

  private static final long MISSING = -1;

  private final SampleFile file;
  private final SamplePlacement placement;
  private final int worker;

  /** Where in the file each sample is; until all are there. */
  private final long[] places;

  private int received;

  BlockBuilder(SampleFile file, SamplePlacement placement, int worker) {
    this.file = file;
    this.placement = placement;
    this.worker = worker;
    this.places = new long[Math.toIntExact(placement.size(worker))];
    Arrays.fill(places, MISSING);
  }

  /** Takes a record of {@link PackedSamples}. */
  synchronized void add(byte[] record) {
    long start = file.append(record, record.length);
    PackedSamples.visit(
        record,
        (position, offset) -> {
          int index = Math.toIntExact(placement.index(position));
          if (places[index] != MISSING) {
            throw invalid("position " + position + " twice");
          }
          places[index] = start + offset;
          received++;
        });
  }

  /** All samples of the worker. */
  synchronized SampleBlock finish() {
    if (received != places.length) {
      throw invalid(received + " of " + places.length + " samples");
    }
    return new SampleBlock(worker, EncodedSamples.at(file, places));
  }

  private IllegalStateException invalid(String what) {
    return new IllegalStateException(
        "Invalid samples: "
            + what
            + " for worker "
            + worker
            + "; their positions must be 0 to count - 1, each once");
  }
}
