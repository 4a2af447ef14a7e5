package org.sparksbp.worker;

import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.JavaConverters;

/**
 * The blocks with their samples, for tasks to use. A task that Spark runs elsewhere than where the
 * block was made gets its number from there, and makes the block again where it is: samples go
 * through the shuffle only, whose files are read piece by piece.
 */
final class HeldBlocks extends RDD<SampleBlock> {
  private static final long serialVersionUID = 1L;

  private final BlockSet set;

  HeldBlocks(BuiltBlocks built, BlockSet set) {
    super(built, BuiltBlocks.TAG);
    this.set = set;
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(BuiltBlocks.TAG).partitions();
  }

  @Override
  public Iterator<SampleBlock> compute(Partition worker, TaskContext task) {
    RDD<SampleBlock> built = firstParent(BuiltBlocks.TAG);
    built.iterator(worker, task).next();
    SampleBlock block = set.here().get(worker.index());
    return block == null
        ? built.compute(worker, task)
        : JavaConverters.asScalaIteratorConverter(java.util.List.of(block).iterator()).asScala();
  }
}
