package org.sparksbp.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.prepare.PrepareJob;
import org.sparksbp.prepare.ProgressListener;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.synthetic.SyntheticData;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/** All measurements, one after the other. */
public final class Benchmark {

  private final Input input;
  private final SparkSource sparks;
  private final Effort effort;
  private final Path scratch;
  private final Consumer<String> progress;
  private final Task digitTask = Tasks.named("mnist");

  /**
   * What a benchmark works on.
   *
   * @param hadoop file systems
   * @param shards prepared digits to learn; without them raw digits are prepared
   * @param raw digits to prepare; without them synthetic ones are made
   */
  public record Input(Configuration hadoop, Optional<Path> shards, Optional<Path> raw) {}

  /** Starts Spark on this machine. */
  @FunctionalInterface
  public interface SparkSource {

    /**
     * Starts Spark in local mode; the caller closes it.
     *
     * @param cores that tasks may run on
     */
    JavaSparkContext start(int cores);
  }

  /**
   * Prepares a run.
   *
   * @param scratch folder on this machine for what is made on the way; the caller deletes it
   * @param progress told what is measured next
   */
  public Benchmark(
      Input input, SparkSource sparks, Effort effort, Path scratch, Consumer<String> progress) {
    this.input = input;
    this.sparks = sparks;
    this.effort = effort;
    this.scratch = scratch;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param parts that are asked for; the machine's ceilings come with them
   * @param cores most workers
   */
  public BenchmarkReport run(Set<BenchmarkPart> parts, int cores) throws IOException {
    InterleavedRunner runner = new InterleavedRunner(effort);
    progress.accept("the machine's ceilings");
    MachineCeilings ceilings = MachineCeilings.measure(runner);
    List<Result> results = new ArrayList<>(ceilings.results());
    Set<BenchmarkPart> others = EnumSet.noneOf(BenchmarkPart.class);
    others.addAll(parts);
    others.remove(BenchmarkPart.MACHINE);
    if (others.isEmpty()) {
      return new BenchmarkReport(Machine.here(cores), effort, "none", 0, 0, results);
    }
    DataBenchmark data = new DataBenchmark(input.hadoop(), sparks, effort, scratch, cores);
    List<Result> prepared = List.of();
    if (others.contains(BenchmarkPart.DATA)) {
      progress.accept("preparing and reading data");
      prepared = data.prepare(raw());
      results.add(data.gestures(runner, ceilings.copiedBytes()));
    }
    ShardSet shards = shards(cores);
    if (others.contains(BenchmarkPart.DATA)) {
      results.addAll(data.load(shards, prepared, runner));
    }
    StepSamples digits = StepSamples.of(shards);
    double peak = ceilings.multiplyAccumulates();
    results.addAll(
        new StepBenchmark(runner, peak, progress)
            .run(Workload.ofTheStudy(digits, StepSamples.letters()), others));
    if (others.contains(BenchmarkPart.SIZES)) {
      results.addAll(new SizesBenchmark(runner, effort, peak, digits, progress).run());
    }
    if (others.contains(BenchmarkPart.WORKERS)) {
      results.addAll(
          new WorkersBenchmark(sparks, shards, digitTask, effort, scratch, progress).run(cores));
    }
    String kind = shards.manifest().synthetic() ? "synthetic digits" : shards.manifest().task();
    long samples = shards.count(Split.TRAIN);
    return new BenchmarkReport(
        Machine.here(cores), effort, kind, samples, digits.activeShare(), results);
  }

  private ShardSet shards(int cores) throws IOException {
    if (input.shards().isPresent()) {
      return ShardSet.open(input.hadoop(), input.shards().get());
    }
    Path prepared = new Path(scratch, "shards");
    try (JavaSparkContext spark = sparks.start(cores)) {
      PrepareJob.run(
          spark, digitTask, raw(), prepared, digitTask.defaults(), ProgressListener.NONE);
    }
    return ShardSet.open(input.hadoop(), prepared);
  }

  private Path raw() throws IOException {
    if (input.raw().isPresent()) {
      return input.raw().get();
    }
    Path raw = new Path(scratch, "raw-digits");
    if (!raw.getFileSystem(input.hadoop()).exists(raw)) {
      progress.accept("making " + effort.images() + " synthetic digits");
      SyntheticData.generate(input.hadoop(), digitTask, raw, effort.images(), 1);
    }
    return raw;
  }
}
