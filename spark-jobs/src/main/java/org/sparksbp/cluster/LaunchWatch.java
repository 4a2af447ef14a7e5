package org.sparksbp.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.JavaConverters;

/**
 * Watches a job whose tasks must all run at once, and cancels it when they cannot. When executors
 * are lost Spark keeps such a job waiting for as many slots as it had, for ever.
 */
public final class LaunchWatch implements AutoCloseable {

  /** Spark's name for the group that the jobs of a thread are in. */
  public static final String JOB_GROUP = "spark.jobGroup.id";

  private static final Duration LOOK = Duration.ofMillis(200);

  /** That long without slots, which an executor's replacement would not bring in time. */
  private static final Duration WITHOUT_SLOTS = Duration.ofSeconds(1);

  /** That long without a running task although there are slots: others have them. */
  private static final Duration WITHOUT_TASKS = Duration.ofSeconds(10);

  private final SparkContext spark;
  private final String group;
  private final int tasks;
  private final RunningTasks running = new RunningTasks();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          look -> {
            Thread thread = new Thread(look, "launch watch");
            thread.setDaemon(true);
            return thread;
          });
  private long lastBusy = System.nanoTime();
  private volatile String cancelledFor;

  /**
   * Watches the jobs of a group until it is closed.
   *
   * @param group of jobs that run one after the other
   * @param tasks that must run at once
   */
  public LaunchWatch(SparkContext spark, String group, int tasks) {
    this.spark = spark;
    this.group = group;
    this.tasks = tasks;
    spark.addSparkListener(running);
    looks.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why the job was cancelled, if it was. */
  public Optional<String> cancelledFor() {
    return Optional.ofNullable(cancelledFor);
  }

  @Override
  public void close() {
    looks.shutdownNow();
    spark.removeSparkListener(running);
  }

  private void look() {
    if (running.count.get() > 0) {
      lastBusy = System.nanoTime();
      return;
    }
    Duration idle = Duration.ofNanos(System.nanoTime() - lastBusy);
    int slots = LiveExecutors.allSlots(spark);
    if (slots < tasks && idle.compareTo(WITHOUT_SLOTS) > 0) {
      cancel(LiveExecutors.tooFewSlots(spark, tasks, slots));
    } else if (idle.compareTo(WITHOUT_TASKS) > 0) {
      cancel("its tasks have not started for " + idle.toSeconds() + " s");
    }
  }

  private void cancel(String reason) {
    cancelledFor = reason;
    spark.cancelJobGroup(group);
  }

  /** Spark's own tracker learns of a task that has started only when something else happens. */
  private final class RunningTasks extends SparkListener {
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      if (job.properties() != null && group.equals(job.properties().getProperty(JOB_GROUP))) {
        JavaConverters.seqAsJavaListConverter(job.stageIds())
            .asJava()
            .forEach(stage -> stages.add((Integer) stage));
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      if (stages.contains(task.stageId())) {
        count.incrementAndGet();
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (stages.contains(task.stageId())) {
        count.decrementAndGet();
      }
    }
  }
}
