package org.sparksbp.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.random.RandomStream;
import org.sparksbp.rounds.SbpKryoRegistrator;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import scala.Tuple2;

/** Runs of a small learner on made-up samples, in a true Spark context. */
public final class TrainingFixture {

  public static final NetworkShape SHAPE = new NetworkShape(12, 3, 4);
  public static final List<String> CLASSES = List.of("a", "b", "c");

  /** What this process runs on, for others of the same kind. */
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  // Spark starts no executor where its installation has no such folder, even if all is elsewhere.
  static {
    String sparkHome = System.getenv("SPARK_HOME");
    try {
      if (sparkHome != null) {
        Files.createDirectories(java.nio.file.Path.of(sparkHome, "jars"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String DEFAULTS =
      """
      seed = 7
      task = mnist
      model = softmax
      training { epochs = 3, batch = 10, workers = 2, shuffle = true, shuffle-window = 0, limit = 0
        select-on = auto, early-stopping { patience = 0, min-delta = 0 } }
      data { validation = 0.1, validation-seed = 1 }
      averaging { every = 2, mode = parameters, engine = auto, transport = auto, levels = auto }
      checkpoint { every = 1, keep = 2 }
      evaluation { limit = 0 }
      softmax { rate = 0.5, memory = false, failing = false, diverge-in-epoch = 1000000,
        diverge-from-batch = 0, pause = 0 }
      """;

  private TrainingFixture() {}

  public static Config configuration(String... overrides) {
    return ConfigFactory.parseString(String.join("\n", overrides))
        .withFallback(ConfigFactory.parseString(DEFAULTS))
        .resolve();
  }

  public static SparkConf sparkConf(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("training test")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .set("spark.kryo.registrationRequired", "true")
        .set("spark.kryo.registrator", SbpKryoRegistrator.class.getName());
  }

  /** Two executors in processes of their own. */
  public static SparkConf localClusterConf() {
    return sparkConf("local-cluster[2,1,512]")
        .set("spark.executor.memory", "512m")
        .set("spark.executor.extraClassPath", CLASS_PATH)
        .set("spark.executor.extraJavaOptions", String.join(" ", ownOptions()))
        .set("spark.locality.wait", "500ms");
  }

  /** This process's choice of compiler and collector, for those that it starts. */
  private static List<String> ownOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:"))
        .toList();
  }

  /** The class path of this process, for others. */
  public static String classPath() {
    return CLASS_PATH;
  }

  /** A context that logs errors only. */
  public static JavaSparkContext context(SparkConf configuration) {
    JavaSparkContext spark = new JavaSparkContext(configuration);
    spark.setLogLevel("OFF");
    return spark;
  }

  /** Calls with a context that is stopped afterwards. */
  public static <R> R inSpark(String master, Function<JavaSparkContext, R> use) {
    try (JavaSparkContext spark = context(sparkConf(master))) {
      return use.apply(spark);
    }
  }

  /**
   * Kills the executor that this process has started last: others may be of an earlier cluster and
   * about to end. Returns how many were killed, 1.
   */
  public static int killAnExecutor() {
    List<ProcessHandle> executors = executors();
    ProcessHandle victim = executors.get(executors.size() - 1);
    if (executors.size() < 2 || !victim.destroyForcibly()) {
      throw new AssertionError("no executor was killed among " + executors);
    }
    victim.onExit().join();
    return 1;
  }

  /** The executors that this process has started, the last one last. */
  public static List<ProcessHandle> executors() {
    // The only Java processes that this one has started: their long command lines cannot be read.
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .sorted(Comparator.comparing(process -> process.info().startInstant().orElseThrow()))
        .toList();
  }

  /**
   * Sends a process a signal.
   *
   * @param name such as STOP
   */
  public static void signal(ProcessHandle process, String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Samples of three classes that differ in the channels they prefer. */
  public static List<Sample> samples(String split, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomStream random = RandomStream.of(3, split, i);
      int label = random.nextInt(3);
      SpikeTrain.Builder spikes = new SpikeTrain.Builder(SHAPE.steps(), SHAPE.channels());
      for (int step = 0; step < SHAPE.steps(); step++) {
        for (int channel = 0; channel < SHAPE.channels(); channel++) {
          if (random.nextFloat() < (channel % 3 == label ? 0.6f : 0.3f)) {
            spikes.add(step, channel);
          }
        }
      }
      float[] target = new float[3];
      target[label] = 1;
      String id = split + "/" + i;
      samples.add(new Sample(id, spikes.build(), target, label, id));
    }
    return samples;
  }

  /** The samples in partitions whose order has nothing to do with positions. */
  public static SampleSet set(JavaSparkContext spark, List<Sample> samples) {
    List<Tuple2<Long, Sample>> positioned = new ArrayList<>();
    for (int i = samples.size() - 1; i >= 0; i--) {
      positioned.add(new Tuple2<>((long) i, samples.get(i)));
    }
    return new SampleSet(spark.parallelizePairs(positioned, 3), samples.size());
  }

  private static TrainingData data(JavaSparkContext spark, long limit) {
    return new TrainingData(
        set(spark, samples("train", limit == 0 ? 97 : (int) limit)),
        set(spark, samples("validation", 30)),
        set(spark, samples("test", 40)),
        SHAPE,
        "made-up",
        () -> ClassificationMeasure.ofSamples(CLASSES));
  }

  public static TrainingJob job(
      JavaSparkContext spark,
      java.nio.file.Path output,
      Config configuration,
      TrainingListener... listeners) {
    TrainingSettings settings = TrainingSettings.of(configuration);
    return new TrainingJob(
        spark,
        settings,
        data(spark, settings.limit()),
        new Path(output.toUri()),
        List.of(listeners));
  }

  /**
   * A job that a listener of it can stop.
   *
   * @param listener made of what requests the stop
   */
  public static TrainingJob stoppingJob(
      JavaSparkContext spark,
      java.nio.file.Path output,
      Config configuration,
      Function<Runnable, TrainingListener> listener,
      TrainingListener... others) {
    TrainingJob[] job = new TrainingJob[1];
    List<TrainingListener> all =
        new ArrayList<>(List.of(listener.apply(() -> job[0].requestStop())));
    all.addAll(List.of(others));
    job[0] = job(spark, output, configuration, all.toArray(TrainingListener[]::new));
    return job[0];
  }

  /** For {@link #stoppingJob}: stops when an epoch has ended. */
  public static Function<Runnable, TrainingListener> after(int epochs) {
    return stop ->
        new TrainingListener() {
          @Override
          public void epochFinished(EpochReport epoch) {
            if (epoch.epoch() == epochs) {
              stop.run();
            }
          }
        };
  }

  public static TrainingOutcome train(
      JavaSparkContext spark,
      java.nio.file.Path output,
      Config configuration,
      TrainingListener... listeners) {
    return run(job(spark, output, configuration, listeners), StartMode.NEW);
  }

  public static TrainingOutcome run(TrainingJob job, StartMode mode) {
    try {
      return job.run(mode);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What starts a program with this process's class path in one of its own.
   *
   * @param options of Java beside those that Spark needs, and the heap
   * @param program its class and arguments
   */
  public static ProcessBuilder java(List<String> options, String... program) {
    List<String> command = new ArrayList<>();
    command.add(java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
    command.addAll(ownOptions());
    command.addAll(options);
    command.addAll(List.of("-Xmx512m", "-cp", CLASS_PATH));
    command.addAll(List.of(program));
    return new ProcessBuilder(command);
  }

  /** The bytes of a folder's files by name, without checksum files, as text. */
  public static SortedMap<String, String> files(java.nio.file.Path folder) {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<java.nio.file.Path> all = Files.list(folder)) {
      all.sorted(Comparator.naturalOrder())
          .filter(file -> !file.getFileName().toString().endsWith(".crc"))
          .forEach(
              file -> {
                try {
                  content.put(
                      file.getFileName().toString(),
                      Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }
}
