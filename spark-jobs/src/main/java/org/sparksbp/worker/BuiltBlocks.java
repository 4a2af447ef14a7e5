package org.sparksbp.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Blocks made of what the shuffle brings, in the process where they are made. Spark is to keep
 * them, which brings tasks back to them; it keeps the block's number alone.
 */
final class BuiltBlocks extends RDD<SampleBlock> {
  private static final long serialVersionUID = 1L;

  static final ClassTag<SampleBlock> TAG = ClassTag$.MODULE$.apply(SampleBlock.class);

  private static final ClassTag<Tuple2<Integer, byte[]>> RECORD =
      ClassTag$.MODULE$.apply(Tuple2.class);

  private final BlockSet set;
  private final SamplePlacement placement;

  /** Where each block is best made, on the driver; nothing if that is all the same. */
  private transient List<String> preferred = List.of();

  /**
   * The blocks.
   *
   * @param records of the samples, in the partition of their worker
   */
  BuiltBlocks(RDD<Tuple2<Integer, byte[]>> records, BlockSet set, SamplePlacement placement) {
    super(records, TAG);
    this.set = set;
    this.placement = placement;
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(RECORD).partitions();
  }

  /**
   * Asks for neighbours to be made in the same executor, each having a share by its slots: workers
   * of a process add up in memory what they have learned.
   *
   * @param slots of executors, by the names of these places
   */
  void keepNeighboursTogether(SortedMap<String, Integer> slots) {
    long all = slots.values().stream().mapToLong(Integer::longValue).sum();
    List<String> places = new ArrayList<>();
    long counted = 0;
    for (Map.Entry<String, Integer> executor : slots.entrySet()) {
      counted += executor.getValue();
      long end = placement.numPartitions() * counted / all;
      while (places.size() < end) {
        places.add(executor.getKey());
      }
    }
    preferred = places;
  }

  @Override
  public Seq<String> getPreferredLocations(Partition worker) {
    List<String> places = preferred.isEmpty() ? List.of() : List.of(preferred.get(worker.index()));
    return JavaConverters.asScalaBufferConverter(places).asScala().toSeq();
  }

  @Override
  public Iterator<SampleBlock> compute(Partition worker, TaskContext task) {
    ResidentBlocks here = set.here();
    SampleBlock block = here.get(worker.index());
    if (block == null) {
      BlockBuilder builder = here.builder(placement, worker.index());
      Iterator<Tuple2<Integer, byte[]>> records = firstParent(RECORD).iterator(worker, task);
      JavaConverters.asJavaIteratorConverter(records)
          .asJava()
          .forEachRemaining(record -> builder.add(record._2()));
      block = here.hold(builder.finish());
    }
    return JavaConverters.asScalaIteratorConverter(List.of(block).iterator()).asScala();
  }
}
