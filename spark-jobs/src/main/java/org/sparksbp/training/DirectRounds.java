package org.sparksbp.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.exchange.Meeting;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.SampleBlock;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;

/**
 * Runs rounds in a row as one Spark job, whose tasks all run at once and average among themselves.
 * Spark does not try such a job again when one of its tasks fails: whoever calls does, from the
 * same start and so to the same bits.
 */
final class DirectRounds {

  private static final Logger LOG = LoggerFactory.getLogger(DirectRounds.class);

  private final JavaSparkContext spark;
  private final JavaRDD<SampleBlock> blocks;
  private final AveragingRule rule;

  /** Where executors let workers of others in, by executor. */
  private final Map<String, String> doorways = new TreeMap<>();

  DirectRounds(JavaSparkContext spark, JavaRDD<SampleBlock> blocks, AveragingRule rule) {
    this.spark = spark;
    this.blocks = blocks;
    this.rule = rule;
  }

  /**
   * Runs a stretch.
   *
   * @param first its first round
   * @param rounds how many there are
   * @param parameters that all workers start from
   * @param chain of the workers' memories, which goes on with those that the stretch leaves; null
   *     if they have none
   * @return nothing if Spark has not brought it to its end
   */
  Optional<Stretch> run(WorkerRound first, int rounds, float[] parameters, MemoryChain chain) {
    long began = System.nanoTime();
    Meeting meeting = Meeting.call(blocks.getNumPartitions(), spark.sc().isLocal(), doorways);
    Broadcast<float[]> start = spark.broadcast(parameters);
    try {
      List<StretchPart> parts =
          job(new WorkerStretch(first, rounds, rule, meeting, start, chain != null), chain)
              .collect();
      parts.forEach(part -> doorways.put(part.executor(), part.doorway()));
      if (chain != null) {
        chain.goOnWithHeld(meeting.secret());
      }
      return Optional.of(stretch(parts, (System.nanoTime() - began) / 1e9));
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      HeldMemories.release(meeting.secret());
      if (e instanceof SparkException) {
        LOG.warn(
            "Workers could not average {} rounds directly: Spark runs a round as a job of its own."
                + " {}",
            rounds,
            e.getMessage());
        return Optional.empty();
      }
      throw e;
    } finally {
      start.destroy();
    }
  }

  private JavaRDD<StretchPart> job(WorkerStretch work, MemoryChain chain) {
    return chain == null
        ? atOnce(blocks).map(block -> work.run(block, WorkerMemory.EMPTY))
        : atOnce(blocks.zip(chain.memories()).map(both -> both))
            .map(both -> work.run(both._1(), both._2()));
  }

  /** The same elements, in a stage whose tasks all run at the same time. */
  private static <T> JavaRDD<T> atOnce(JavaRDD<T> elements) {
    ClassTag<T> tag = elements.classTag();
    return JavaRDD.fromRDD(
        elements.rdd().barrier().mapPartitions(new Unchanged<>(), true, tag), tag);
  }

  /**
   * Puts the workers' parts together.
   *
   * @param seconds that the job took; its start and end are part of the rounds
   */
  private static Stretch stretch(List<StretchPart> parts, double seconds) {
    StretchPart first = parts.get(0);
    double inRounds = 0;
    for (int round = 0; round < first.rounds(); round++) {
      inRounds += first.nanoseconds(round);
    }
    List<Stretch.Round> rounds = new ArrayList<>();
    for (int round = 0; round < first.rounds(); round++) {
      int number = round;
      rounds.add(
          new Stretch.Round(
              parts.stream().map(part -> part.report(number)).toList(),
              first.finite(round),
              seconds * first.nanoseconds(round) / inRounds));
    }
    return new Stretch(rounds, first.parameters());
  }

  private static final class Unchanged<T> extends AbstractFunction1<Iterator<T>, Iterator<T>>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<T> apply(Iterator<T> elements) {
      return elements;
    }
  }
}
