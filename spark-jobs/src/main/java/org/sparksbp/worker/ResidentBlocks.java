package org.sparksbp.worker;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blocks of a {@link BlockSet} that this process holds, in a file of their own, until the set
 * is released or a later one says that it is of no use any more.
 */
final class ResidentBlocks {

  private static final NavigableMap<Long, ResidentBlocks> SETS = new TreeMap<>();

  private final SampleFile file = new SampleFile();
  private final Map<Integer, SampleBlock> whole = new ConcurrentHashMap<>();
  private final Map<Integer, BlockBuilder> begun = new ConcurrentHashMap<>();

  private ResidentBlocks() {}

  static ResidentBlocks of(BlockSet set) {
    synchronized (SETS) {
      NavigableMap<Long, ResidentBlocks> useless = SETS.headMap(set.oldest(), false);
      useless.values().forEach(blocks -> blocks.file.release());
      useless.clear();
      return SETS.computeIfAbsent(set.number(), number -> new ResidentBlocks());
    }
  }

  /** Lets a set go; nobody must read its samples any more. */
  static void release(long set) {
    synchronized (SETS) {
      ResidentBlocks blocks = SETS.remove(set);
      if (blocks != null) {
        blocks.file.release();
      }
    }
  }

  /** A worker's block, or null if it is not here. */
  SampleBlock get(int worker) {
    return whole.get(worker);
  }

  /** Holds a block from now on. */
  SampleBlock hold(SampleBlock block) {
    whole.put(block.worker(), block);
    return block;
  }

  /** To put a worker's block together in one task. */
  BlockBuilder builder(SamplePlacement placement, int worker) {
    return new BlockBuilder(file, placement, worker);
  }

  /** Takes a record of a worker whose block several tasks put together. */
  void add(SamplePlacement placement, int worker, byte[] record) {
    begun.computeIfAbsent(worker, number -> builder(placement, number)).add(record);
  }

  /** A worker's block, all records of which are here. */
  SampleBlock finish(SamplePlacement placement, int worker) {
    return whole.computeIfAbsent(
        worker,
        number -> {
          SampleBlock block =
              begun.computeIfAbsent(worker, one -> builder(placement, one)).finish();
          begun.remove(worker);
          return block;
        });
  }
}
