package org.sparksbp.worker;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.RDDBlockId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.cluster.LiveExecutors;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Where the blocks of samples lie, one a task. An executor that was lost leaves its blocks to the
 * others, and there they stay when another comes in its place: their tasks would queue where the
 * blocks are while it stands idle. Given up, blocks are made again where the next tasks run, which
 * is where there is room. It changes no result.
 */
public final class BlockPlacement {

  private static final Logger LOG = LoggerFactory.getLogger(BlockPlacement.class);

  /**
   * Tasks that queue up on an executor, against the fewest there can be; without any, none more.
   */
  private static final double TOLERANCE = 1.25;

  private final SparkContext spark;
  private final JavaRDD<SampleBlock> blocks;
  private final Runnable beforeMaking;
  private final BlockId[] identifiers;
  private SortedMap<String, Integer> spreadOver = new TreeMap<>();

  /**
   * A look at blocks that are kept in the executors' memory.
   *
   * @param blocks one a partition
   * @param beforeMaking called when they are to be made anew
   */
  BlockPlacement(SparkContext spark, JavaRDD<SampleBlock> blocks, Runnable beforeMaking) {
    this.spark = spark;
    this.blocks = blocks;
    this.beforeMaking = beforeMaking;
    this.identifiers =
        IntStream.range(0, blocks.getNumPartitions())
            .mapToObj(partition -> new RDDBlockId(blocks.id(), partition))
            .toArray(BlockId[]::new);
  }

  /**
   * Whether other executors could take tasks off the one that has most of them, or off one that
   * gets no more. False for executors among which the blocks were spread already: whatever hinders
   * it there would do so again.
   */
  public boolean isUneven() {
    if (spark.isLocal()) {
      return false;
    }
    SortedMap<String, Integer> slots = LiveExecutors.slots(spark);
    int all = slots.values().stream().mapToInt(Integer::intValue).sum();
    if (all == 0 || slots.equals(spreadOver)) {
      return false;
    }
    Map<String, Integer> held = held();
    if (!slots.keySet().containsAll(held.keySet())) {
      return true;
    }
    int fewest = queue(identifiers.length, all);
    int longest =
        held.entrySet().stream()
            .mapToInt(executor -> queue(executor.getValue(), slots.get(executor.getKey())))
            .max()
            .orElse(0);
    return longest > TOLERANCE * fewest;
  }

  /** Gives all blocks up, for the next job to make them where it runs. */
  public void spreadAnew() {
    spreadOver = LiveExecutors.slots(spark);
    LOG.info("Spreading {} blocks of samples over executors {}", identifiers.length, spreadOver);
    blocks.unpersist(true);
    blocks.persist(SampleBlocks.STORAGE);
    beforeMaking.run();
  }

  /** Spreads blocks that lie unevenly. */
  public void spreadIfUneven() {
    if (isUneven()) {
      spreadAnew();
    }
  }

  /** Blocks by the executor that has them. */
  private Map<String, Integer> held() {
    Map<String, Integer> held = new TreeMap<>();
    for (Seq<BlockManagerId> places :
        JavaConverters.seqAsJavaListConverter(
                spark.env().blockManager().master().getLocations(identifiers))
            .asJava()) {
      if (places.nonEmpty()) {
        held.merge(places.head().executorId(), 1, Integer::sum);
      }
    }
    return held;
  }

  /** Tasks of so many that run one after the other. */
  private static int queue(int tasks, int slots) {
    return (tasks + slots - 1) / slots;
  }
}
