package org.sparksbp.worker;

import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
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
    return JavaConverters.asScalaIteratorConverter(java.util.List.of(block).iterator()).asScala();
  }
}
