package org.sparksbp.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.training.TrainingFixture;

/** A sweep in a process of its own, to be killed or to be timed. */
final class SweepProcess {

  private SweepProcess() {}

  /**
   * Runs a sweep.
   *
   * @param arguments Spark master, folder of the data, folder of the results, settings
   */
  public static void main(String[] arguments) throws IOException {
    try (JavaSparkContext spark = new JavaSparkContext(TrainingFixture.sparkConf(arguments[0]))) {
      org.apache.hadoop.fs.Path place =
          new org.apache.hadoop.fs.Path(Path.of(arguments[1]).toUri());
      Manifest manifest = ShardSet.open(spark.hadoopConfiguration(), place).manifest();
      SweepData data =
          new SweepData(
              "mnist",
              place.toString(),
              manifest.fingerprint(),
              () -> ClassificationMeasure.ofSamples(TrainingFixture.CLASSES));
      String[] settings = Arrays.copyOfRange(arguments, 3, arguments.length);
      long start = System.nanoTime();
      SweepOutcome outcome = SweepFixture.run(spark, data, Path.of(arguments[2]), settings);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println(
          outcome.ran()
              + " trials in "
              + seconds
              + " s, "
              + 1000 * seconds / outcome.ran()
              + " ms");
    }
  }

  /** Starts the sweep in another process with this one's class path. */
  static Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path options = Files.createTempFile(folder, "java", ".options");
    List<String> lines = new ArrayList<>();
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--") || option.startsWith("-XX"))
        .forEach(lines::add);
    lines.addAll(List.of("-Xmx512m", "-cp", '"' + classPath() + '"'));
    Files.write(options, lines);
    command.add("@" + options);
    command.add(SweepProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("process.log").toFile())
        .start();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
