package org.sparksbp.averaging;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * A tree reduction whose result does not depend on who finishes first, unlike Spark's own: the
 * parts of eight neighbouring partitions are merged in their order, then eight of the results,
 * until the driver can take the rest.
 */
public final class OrderedReduction {

  /** A power of two, so that merges by {@link ReductionTree} are one such tree over all. */
  private static final int FAN_IN = 8;

  /** Merges parts in the order of the list; called on executors and on the driver. */
  @FunctionalInterface
  public interface Merge<T> extends Serializable {
    T merge(List<T> parts);
  }

  private OrderedReduction() {}

  /**
   * Reduces one part a partition to one.
   *
   * @param parts exactly one element in each partition
   */
  public static <T> T reduce(JavaRDD<T> parts, Merge<T> merge) {
    return reduce(parts, merge, FAN_IN);
  }

  static <T> T reduce(JavaRDD<T> parts, Merge<T> merge, int fanIn) {
    JavaRDD<T> level = parts;
    for (int count = parts.getNumPartitions(); count > fanIn; count = groups(count, fanIn)) {
      level = nextLevel(level, merge, fanIn, groups(count, fanIn));
    }
    return merge.merge(level.collect());
  }

  private static <T> JavaRDD<T> nextLevel(JavaRDD<T> level, Merge<T> merge, int fanIn, int groups) {
    return level
        .mapPartitionsWithIndex(
            (index, part) -> List.of(new Tuple2<>(index, part.next())).iterator(), true)
        .mapToPair(numbered -> numbered)
        .partitionBy(new Neighbours(fanIn, groups))
        .mapPartitions(group -> List.of(merge.merge(inOrder(group))).iterator());
  }

  private static <T> List<T> inOrder(Iterator<Tuple2<Integer, T>> group) {
    List<Tuple2<Integer, T>> numbered = new ArrayList<>();
    group.forEachRemaining(numbered::add);
    numbered.sort(Comparator.comparing(Tuple2::_1));
    return numbered.stream().map(Tuple2::_2).toList();
  }

  private static int groups(int count, int fanIn) {
    return (count + fanIn - 1) / fanIn;
  }

  /** Puts {@code fanIn} neighbours into one partition. */
  private static final class Neighbours extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int fanIn;
    private final int groups;

    Neighbours(int fanIn, int groups) {
      this.fanIn = fanIn;
      this.groups = groups;
    }

    @Override
    public int numPartitions() {
      return groups;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key / fanIn;
    }
  }
}
