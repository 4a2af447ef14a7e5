package org.sparksbp.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.benchmark.Result.Target;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.prepare.PrepareJob;
import org.sparksbp.prepare.ProgressListener;
import org.sparksbp.shard.SampleIterator;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.FolderListing;
import org.sparksbp.synthetic.SyntheticData;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;
import org.sparksbp.worker.SampleBlocks;

/** How fast data is prepared, read and held, and how much memory it takes. */
final class DataBenchmark {

  private static final Set<EventFormat> RECORDINGS = Set.of(EventFormat.AEDAT);
  private static final BenchmarkPart PART = BenchmarkPart.DATA;
  private static final String READING = "reading on one thread";
  private static final Target PREPARED = Target.atLeast(0.04, READING);
  private static final Target LOADED = Target.atLeast(1.5, READING);
  private static final Target FRAMES = Target.atLeast(0.01, "the copied bytes");
  private static final Target HELD = Target.atMost(0.25, "the samples' bytes");
  private static final int EVENT_BYTES = 8;

  private final Configuration hadoop;
  private final Benchmark.SparkSource sparks;
  private final Effort effort;
  private final Path scratch;
  private final int cores;

  DataBenchmark(
      Configuration hadoop, Benchmark.SparkSource sparks, Effort effort, Path scratch, int cores) {
    this.hadoop = hadoop;
    this.sparks = sparks;
    this.effort = effort;
    this.scratch = scratch;
    this.cores = cores;
  }

  /**
   * Preparing digits with Spark on all cores, Spark's own start left out. The first time counts:
   * whoever prepares does it once, with code that has not run before.
   */
  List<Result> prepare(Path raw) throws IOException {
    Task digits = Tasks.named("mnist");
    List<Double> rates = new ArrayList<>();
    try (JavaSparkContext spark = sparks.start(cores)) {
      for (int time = 0; time <= Math.max(1, effort.repetitions() / 2); time++) {
        Path output = new Path(scratch, "prepared-" + time);
        long start = System.nanoTime();
        var manifest =
            PrepareJob.run(spark, digits, raw, output, digits.defaults(), ProgressListener.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        long images = manifest.count(Split.TRAIN) + manifest.count(Split.TEST);
        rates.add(images / seconds);
        output.getFileSystem(hadoop).delete(output, true);
      }
    }
    String name = "prepare digits";
    String variant = "cores: " + cores;
    Result first =
        Result.of(
            PART, name, variant + ", first time", "images/s", Rates.ofClock(rates.subList(0, 1)));
    Result again =
        Result.of(
            PART,
            name,
            variant + ", again",
            "images/s",
            Rates.ofClock(rates.subList(1, rates.size())));
    return List.of(first, again);
  }

  /**
   * Reading shards on one thread, and into the memory of workers on all cores; then the heap, of
   * which what loading has added is judged.
   *
   * @param prepared what {@link #prepare} has found, which is held against the reading
   */
  List<Result> load(ShardSet shards, List<Result> prepared, InterleavedRunner runner)
      throws IOException {
    Result reading =
        Result.of(PART, "read shards", "one thread", "samples/s", runner.measure(reading(shards)));
    double rate = reading.median();
    List<Result> results = new ArrayList<>(prepared);
    results.set(0, results.get(0).judged(results.get(0).median() / rate, PREPARED));
    results.add(reading);
    long count = shards.count(Split.TRAIN);
    List<Double> rates = new ArrayList<>();
    List<Double> heaps = new ArrayList<>();
    List<Double> held = new ArrayList<>();
    // Warmed up for as long as the reading was, or cold code would be held against warm code.
    long warm = System.nanoTime() + (long) (1e9 * effort.warmUpSeconds());
    while (rates.size() <= effort.repetitions() / 2) {
      boolean counts = System.nanoTime() > warm;
      try (JavaSparkContext spark = sparks.start(cores);
          SampleBlocks blocks =
              SampleBlocks.dealt(shards.samples(spark, Split.TRAIN), count, cores)) {
        double before = heapMegabytes();
        long start = System.nanoTime();
        blocks.load();
        blocks.rdd().count();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (counts) {
          rates.add(count / seconds);
          double after = heapMegabytes();
          heaps.add(after);
          held.add(Math.max(0, after - before));
        }
      }
    }
    String variant = "workers: " + cores;
    Result loading = Result.of(PART, "load shards", variant, "samples/s", Rates.ofClock(rates));
    results.add(loading.judged(loading.median() / rate, LOADED));
    results.add(
        Result.of(
                PART,
                "heap with " + count + " samples loaded, driver and workers",
                variant,
                "MB",
                Rates.ofClock(heaps))
            .judged(Rates.ofClock(held).median() / codedMegabytes(shards), HELD));
    return results;
  }

  /** What the spike trains take as they are coded in shards and in memory. */
  private static double codedMegabytes(ShardSet shards) throws IOException {
    double bytes = 0;
    try (SampleIterator samples = shards.readLocally(Split.TRAIN, 0, Long.MAX_VALUE)) {
      while (samples.hasNext()) {
        bytes += samples.next().spikes().code().length;
      }
    }
    return bytes / 1e6;
  }

  /**
   * Reading recordings of a camera into frames, on one thread.
   *
   * @param copied bytes a second that one core reads and writes in a copy
   */
  Result gestures(InterleavedRunner runner, double copied) throws IOException {
    Task task = Tasks.named("dvsgesture");
    Path raw = new Path(scratch, "raw-gestures");
    SyntheticData.generate(hadoop, task, raw, effort.clips(), 1);
    double events = events(raw);
    List<InputSlice> slices = task.slices(hadoop, raw, task.defaults());
    BenchmarkCase reading =
        () -> {
          for (InputSlice slice : slices) {
            try {
              task.read(hadoop, slice, task.defaults(), new Discarding());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          return events;
        };
    Rates rates = runner.measure(reading);
    Result result = Result.of(PART, "read recordings into frames", "one thread", "events/s", rates);
    return result.judged(result.median() * EVENT_BYTES / copied, FRAMES);
  }

  private static BenchmarkCase reading(ShardSet shards) {
    return () -> {
      long read = 0;
      try (SampleIterator samples = shards.readLocally(Split.TRAIN, 0, Long.MAX_VALUE)) {
        for (; samples.hasNext(); read++) {
          samples.next();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return read;
    };
  }

  /** Events in a folder's recordings. */
  private double events(Path folder) throws IOException {
    double bytes = 0;
    for (FileStatus file : FolderListing.files(hadoop, folder)) {
      if (EventFormat.ofName(file.getPath().getName(), RECORDINGS).isPresent()) {
        bytes += file.getLen();
      }
    }
    return bytes / EVENT_BYTES;
  }

  @SuppressWarnings("ExplicitGC") // Only what is reachable counts.
  private static double heapMegabytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    System.gc();
    System.gc();
    return memory.getHeapMemoryUsage().getUsed() / 1e6;
  }

  /** Takes samples and keeps none. */
  private static final class Discarding implements SampleSink {
    @Override
    public void sample(Split split, Sample sample) {}

    @Override
    public void read(String file, RecordUnit unit, long records) {}

    @Override
    public void dropped(String file, RecordUnit unit, long records, String position, String reason)
        throws IOException {
      throw new IOException(
          "Invalid synthetic recording " + file + ", " + position + ": " + reason);
    }
  }
}
