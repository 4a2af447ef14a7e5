package org.sparksbp.sweep.execution;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.shard.SampleIterator;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.task.Split;
import org.sparksbp.validation.LocalSplit;
import org.sparksbp.validation.ValidationDraw;
import org.sparksbp.worker.StoredSamples;

/**
 * The samples of a data set, read once in a process whatever the number of trials that learn them.
 * Only as many are read as the trial with the highest limit uses. They lie encoded in a file, which
 * is let go when no trial uses it and memory runs out.
 */
final class ExecutorSamples {

  private static final Map<String, SoftReference<ExecutorSamples>> LOADED = new HashMap<>();

  private final ShardSet shards;
  private final Map<Split, StoredSamples> loaded = new HashMap<>();
  private final Map<Division, LocalSplit> divided = new HashMap<>();

  /** How the training samples are divided. */
  private record Division(long limit, ValidationDraw draw) {}

  private ExecutorSamples(ShardSet shards) {
    this.shards = shards;
  }

  /** The samples with that fingerprint. */
  static ExecutorSamples of(Configuration hadoop, SweepData data) throws IOException {
    synchronized (LOADED) {
      SoftReference<ExecutorSamples> found = LOADED.get(data.fingerprint());
      ExecutorSamples samples = found == null ? null : found.get();
      if (samples == null) {
        samples = new ExecutorSamples(ShardSet.open(hadoop, new Path(data.folder())));
        LOADED.put(data.fingerprint(), new SoftReference<>(samples));
      }
      return samples;
    }
  }

  NetworkShape shape() {
    return shards.shape();
  }

  /**
   * The training samples in two parts, as {@link #first} has them.
   *
   * @param limit most samples of both parts, the first ones; 0 for all
   */
  synchronized LocalSplit divided(long limit, ValidationDraw draw) throws IOException {
    Division division = new Division(limit, draw);
    LocalSplit split = divided.get(division);
    if (split == null) {
      split = LocalSplit.of(first(Split.TRAIN, limit), draw);
      divided.put(division, split);
    }
    return split;
  }

  /**
   * Samples of a split in the order of their positions; the list never changes. Each is decoded
   * when it is asked for.
   *
   * @param limit most samples, the first ones; 0 for all
   */
  synchronized List<Sample> first(Split split, long limit) throws IOException {
    long all = shards.count(split);
    int wanted = Math.toIntExact(limit == 0 ? all : Math.min(limit, all));
    StoredSamples samples = loaded.computeIfAbsent(split, none -> new StoredSamples());
    int have = samples.list().size();
    if (have < wanted) {
      try (SampleIterator more = shards.readLocally(split, have, wanted)) {
        samples.add(more);
      }
    }
    return samples.list().subList(0, wanted);
  }
}
