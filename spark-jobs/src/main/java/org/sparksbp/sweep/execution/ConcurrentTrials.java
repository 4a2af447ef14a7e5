package org.sparksbp.sweep.execution;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.cluster.LiveExecutors;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.sweep.results.TrialSummary;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Trains each trial, or some that a graphics card trains side by side, as a Spark task of one core.
 * Trials are handed over in jobs of some tasks; two jobs run at a time, so that the cores that the
 * last trials of one leave idle work on the next.
 */
final class ConcurrentTrials implements TrialExecution {

  private static final int JOBS = 2;
  private static final String GROUP = "sweep";

  private final JavaSparkContext spark;
  private final TrialTask task;
  private final PackGrouping grouping;
  private volatile boolean stopped;

  ConcurrentTrials(JavaSparkContext spark, TrialTask task, PackGrouping grouping) {
    this.spark = spark;
    this.task = task;
    this.grouping = grouping;
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public int concurrency() {
    return Math.max(1, LiveExecutors.allSlots(spark.sc()));
  }

  @Override
  public void run(TrialQueue queue, Consumer<TrialSummary> ended, Runnable between) {
    ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int job = 0; job < JOBS; job++) {
        running.add(jobs.submit(() -> runJobs(queue, ended, between)));
      }
      for (Future<?> job : running) {
        await(job);
      }
    } finally {
      jobs.shutdownNow();
    }
  }

  private void await(Future<?> job) {
    try {
      job.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
      throw new IllegalStateException("Cannot go on with the sweep: it was interrupted", e);
    } catch (ExecutionException e) {
      if (stopped) {
        return;
      }
      stop();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Void runJobs(TrialQueue queue, Consumer<TrialSummary> ended, Runnable between)
      throws InterruptedException {
    String description = spark.getLocalProperty("spark.job.description");
    spark.sc().setJobGroup(GROUP, description == null ? GROUP : description, false);
    boolean more = true;
    while (more && !stopped) {
      List<String> next = next(queue);
      if (next.isEmpty()) {
        more = queue.await();
      } else {
        runJob(next, ended);
        synchronized (between) {
          between.run();
        }
      }
    }
    return null;
  }

  /** The next requests, as the texts that go to executors, one a task. */
  private List<String> next(TrialQueue queue) {
    List<TrialRequest> taken = new ArrayList<>();
    int most = Math.max(queue.trialsOfACore() * spark.defaultParallelism(), grouping.handedOut());
    synchronized (queue) {
      Optional<TrialRequest> next = queue.poll();
      while (!stopped && next.isPresent()) {
        taken.add(next.get());
        next = taken.size() < most ? queue.poll() : Optional.empty();
      }
    }
    try {
      return grouping.groups(taken).stream().map(TrialRequest::toJson).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void runJob(List<String> requests, Consumer<TrialSummary> ended) {
    try (NamedJobs ignored = NamedJobs.of(spark, "train trials, " + requests.size() + " tasks")) {
      runNamed(requests, ended);
    }
  }

  private void runNamed(List<String> requests, Consumer<TrialSummary> ended) {
    TrialTask one = task;
    JavaRDD<String> summaries =
        spark
            .parallelize(requests, requests.size())
            .map(request -> texts(one.run(TrialRequest.listOf(request))));
    spark
        .sc()
        .runJob(
            summaries.rdd(),
            new Only(),
            partitions(requests.size()),
            new Ended(ended, this),
            ClassTag$.MODULE$.<String>apply(String.class));
  }

  private static String texts(List<TrialSummary> summaries) {
    return new TrialTexts(summaries.stream().map(TrialSummary::toJson).toList()).toJson();
  }

  @SuppressWarnings("unchecked")
  private static Seq<Object> partitions(int count) {
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    return (Seq<Object>) (Seq<?>) JavaConverters.asScalaBufferConverter(numbers).asScala().toSeq();
  }

  @Override
  public void stop() {
    stopped = true;
    spark.sc().cancelJobGroup(GROUP);
  }

  /** The only element of a partition. */
  private static final class Only
      extends AbstractFunction2<TaskContext, scala.collection.Iterator<String>, String>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String apply(TaskContext context, scala.collection.Iterator<String> partition) {
      return partition.next();
    }
  }

  /** Hands results over as they come. */
  private static final class Ended extends AbstractFunction2<Object, String, BoxedUnit> {
    private final Consumer<TrialSummary> consumer;
    private final Object lock;

    Ended(Consumer<TrialSummary> consumer, Object lock) {
      this.consumer = consumer;
      this.lock = lock;
    }

    @Override
    public BoxedUnit apply(Object partition, String summary) {
      synchronized (lock) {
        for (String one : TrialTexts.of(summary)) {
          consumer.accept(TrialSummary.of(one));
        }
      }
      return BoxedUnit.UNIT;
    }
  }
}
