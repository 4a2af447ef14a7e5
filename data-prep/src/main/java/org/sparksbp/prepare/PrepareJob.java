package org.sparksbp.prepare;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.shard.DataIdentity;
import org.sparksbp.shard.InputFile;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ManifestJson;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.synthetic.SyntheticData;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Task;

/**
 * Prepares a data set with Spark: one task a slice of the raw input, each streaming into shard
 * files. The result is the same bytes whatever the number of executors, however often tasks were
 * repeated.
 */
public final class PrepareJob {

  private static final Logger LOG = LoggerFactory.getLogger(PrepareJob.class);

  /** Small files share Spark tasks, which each take some time of their own. */
  private static final int MOST_HASH_TASKS = 1000;

  private static final Duration LAST_TASKS = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final Task task;
  private final Path input;
  private final OutputFolder output;
  private final PrepareSettings settings;
  private final ProgressListener listener;

  private PrepareJob(
      JavaSparkContext spark,
      Task task,
      Path input,
      Path output,
      PrepareSettings settings,
      ProgressListener listener)
      throws IOException {
    this.spark = spark;
    this.hadoop = spark.hadoopConfiguration();
    this.task = task;
    this.input = input;
    this.output = new OutputFolder(hadoop, output);
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Prepares {@code input} into {@code output}, or finds that already done.
   *
   * @param input folder or file on any Hadoop file system that all executors reach
   * @param output new or empty folder, one with the same data set, or one in which preparing did
   *     not finish; two preparations must not share it at the same time
   * @return the manifest of the finished data set
   * @throws InvalidInputException if the input cannot be used, has more bad records than the
   *     settings allow, or the output holds something else
   * @throws IOException if a Spark task fails for another reason
   */
  public static Manifest run(
      JavaSparkContext spark,
      Task task,
      Path input,
      Path output,
      PrepareSettings settings,
      ProgressListener listener)
      throws IOException {
    PrepareSettings all = task.completed(spark.hadoopConfiguration(), input, settings);
    return new PrepareJob(spark, task, input, output, all, listener).run();
  }

  private Manifest run() throws IOException {
    List<InputSlice> slices = task.slices(hadoop, input, settings);
    List<InputFile> inputs = hashInputs(slices);
    Optional<Manifest> found = ManifestJson.find(hadoop, output.folder());
    if (found.isPresent()) {
      return confirmed(found.get(), inputs);
    }
    output.clear();
    boolean isDone = false;
    try {
      SliceJobs reading = new SliceJobs(spark, task, settings, output.attempts(), listener);
      List<SliceResult> results = reading.read(slices);
      Losses losses = Losses.of(results, new InputNames(hadoop, input));
      losses.check(input.toString(), settings);
      ManifestAssembly assembly = new ManifestAssembly(task, settings);
      assembly.check(input.toString(), results);
      boolean synthetic =
          SyntheticData.isSynthetic(hadoop, input) || SyntheticData.isSynthetic(hadoop, slices);
      Manifest manifest =
          assembly.manifest(results, losses, output.publish(results), inputs, synthetic);
      ManifestJson.write(hadoop, output.folder(), manifest);
      isDone = true;
      return manifest;
    } finally {
      if (isDone) {
        output.deleteStaging();
      } else {
        awaitTasks();
        output.discard();
      }
    }
  }

  /** Those of a job that failed go on for a while, and would create again what is deleted. */
  private void awaitTasks() {
    Instant end = Instant.now().plus(LAST_TASKS);
    while (!spark.sc().isStopped()
        && Stream.of(spark.sc().statusTracker().getExecutorInfos())
            .anyMatch(executor -> executor.numRunningTasks() > 0)
        && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private Manifest confirmed(Manifest found, List<InputFile> inputs) throws IOException {
    DataIdentity asked = DataIdentity.of(Manifest.SCHEMA_VERSION, task.name(), settings, inputs);
    List<String> differences = found.identity().differencesTo(asked);
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          "Cannot prepare into "
              + output.folder()
              + ": it holds another data set ("
              + String.join("; ", differences)
              + "); choose another folder or delete this one");
    }
    LOG.info("{} is already prepared from the same input", output.folder());
    return ShardSet.open(hadoop, output.folder()).manifest();
  }

  private List<InputFile> hashInputs(List<InputSlice> slices) throws IOException {
    TreeSet<String> distinct = new TreeSet<>();
    slices.forEach(slice -> distinct.addAll(slice.files()));
    if (distinct.isEmpty()) {
      throw new InvalidInputException(
          "Invalid input " + input + ": no files of " + task.name() + " in it");
    }
    List<String> paths = List.copyOf(distinct);
    LongAccumulator done = spark.sc().longAccumulator();
    List<String> hashes =
        WatchedJob.collect(
            spark
                .parallelize(paths, Math.min(paths.size(), MOST_HASH_TASKS))
                .map(new InputHasher(new SerializableConfiguration(hadoop), done)),
            "hash input",
            done,
            paths.size(),
            listener);
    InputNames names = new InputNames(hadoop, input);
    List<InputFile> inputs = new ArrayList<>();
    for (int i = 0; i < hashes.size(); i++) {
      inputs.add(InputHasher.ofJson(names.of(paths.get(i)), hashes.get(i)));
    }
    return inputs;
  }
}
