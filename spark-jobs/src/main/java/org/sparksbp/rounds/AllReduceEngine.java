package org.sparksbp.rounds;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.allreduce.Rendezvous;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.cluster.LaunchWatch;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.worker.SampleBlock;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;

/**
 * Runs consecutive rounds as one Spark job, whose tasks all run at once and average among
 * themselves. Spark does not try such a job again when one of its tasks fails: whoever calls does,
 * from the same start and so to the same bits. It must be known already whether the model keeps
 * memories.
 */
final class AllReduceEngine implements RoundEngine {

  private final JavaSparkContext spark;
  private final RoundTask task;
  private final AveragingRule rule;
  private final JavaRDD<SampleBlock> blocks;
  private final WorkerMemories memories;

  private final RoundBatchSizer sizer = new RoundBatchSizer();

  /** Where executors listen for workers of others, by executor. */
  private final Map<String, String> listeners = new TreeMap<>();

  AllReduceEngine(
      JavaSparkContext spark,
      RoundTask task,
      AveragingRule rule,
      JavaRDD<SampleBlock> blocks,
      WorkerMemories memories) {
    this.spark = spark;
    this.task = task;
    this.rule = rule;
    this.blocks = blocks;
    this.memories = memories;
  }

  /**
   * {@inheritDoc} As many as make up a job of a few seconds.
   *
   * @throws RoundsLostException if Spark has not brought them to their end
   */
  @Override
  public RoundBatch run(RoundSpan left, float[] parameters) {
    RoundSpan rounds = left.limitedTo(sizer.next(left.count()));
    long began = System.nanoTime();
    Rendezvous rendezvous =
        Rendezvous.create(blocks.getNumPartitions(), spark.sc().isLocal(), listeners);
    Broadcast<float[]> start = spark.broadcast(parameters);
    AllReduceTask work =
        new AllReduceTask(task, rounds, rule, rendezvous, start, memories.areKept());
    String group = spark.getLocalProperty(LaunchWatch.JOB_GROUP);
    LaunchWatch watch = new LaunchWatch(spark.sc(), group, blocks.getNumPartitions());
    try (NamedJobs ignored = NamedJobs.of(spark, rounds.toString())) {
      List<AllReduceTask.Result> results =
          atOnce(memories.besides(blocks)).map(both -> work.run(both._1(), both._2())).collect();
      results.forEach(result -> listeners.put(result.executor(), result.listener()));
      memories.goOnInProcess(rendezvous.secret());
      return batch(results, (System.nanoTime() - began) / 1e9);
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      InProcessMemories.release(rendezvous.secret());
      if (e instanceof SparkException) {
        throw new RoundsLostException(
            "Workers could not average " + rounds.count() + " rounds directly",
            watch.cancelledFor().orElse(e.getMessage()),
            e);
      }
      throw e;
    } finally {
      watch.close();
      start.destroy();
    }
  }

  /** The same elements, in a stage whose tasks all run at the same time. */
  private static <T> JavaRDD<T> atOnce(JavaRDD<T> elements) {
    ClassTag<T> tag = elements.classTag();
    return JavaRDD.fromRDD(
        elements.rdd().barrier().mapPartitions(new Unchanged<>(), true, tag), tag);
  }

  /**
   * Puts the workers' results together.
   *
   * @param seconds that the job took; its start and end are part of the rounds
   */
  private RoundBatch batch(List<AllReduceTask.Result> results, double seconds) {
    AllReduceTask.Result first = results.get(0);
    double inRounds = Arrays.stream(first.nanoseconds()).asDoubleStream().sum();
    sizer.took(first.tallies().size(), inRounds / 1e9, seconds - inRounds / 1e9);
    List<RoundBatch.Round> rounds =
        IntStream.range(0, first.tallies().size())
            .mapToObj(
                round ->
                    new RoundBatch.Round(
                        results.stream().map(result -> result.tallies().get(round)).toList(),
                        seconds * first.nanoseconds()[round] / inRounds))
            .toList();
    Optional<Divergence> divergence =
        results.stream().map(AllReduceTask.Result::divergence).filter(Objects::nonNull).findFirst();
    return new RoundBatch(rounds, first.parameters(), divergence);
  }

  private static final class Unchanged<T> extends AbstractFunction1<Iterator<T>, Iterator<T>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<T> apply(Iterator<T> elements) {
      return elements;
    }
  }
}
