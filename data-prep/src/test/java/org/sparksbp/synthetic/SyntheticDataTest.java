package org.sparksbp.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

class SyntheticDataTest {

  private static final Configuration HADOOP = new Configuration();

  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnist",
        "nettalk",
        "dvsgesture",
        "nmnist",
        "fashion-mnist",
        "kmnist",
        "emnist",
        "qmnist",
        "images"
      })
  void theTaskReadsItWithoutABadRecordAndKnowsItIsSynthetic(String name) throws IOException {
    Path to = generate(name, "data", 120, 3);
    Task task = Tasks.named(name);
    PrepareSettings settings = settings(task, to);
    CollectingSink read = CollectingSink.readAll(task, to, settings);
    assertThat(read.badRecords).isEmpty();
    assertThat(read.of(Split.TRAIN)).hasSizeGreaterThan(60);
    assertThat(read.of(Split.TEST)).hasSizeGreaterThan(10);
    assertThat(SyntheticData.isSynthetic(HADOOP, to)).isTrue();
    assertThat(SyntheticData.isSynthetic(HADOOP, task.slices(HADOOP, to, settings))).isTrue();
    assertThat(SyntheticData.isSynthetic(HADOOP, to.getParent())).isFalse();
    assertThat(Files.readString(folder.resolve("data/SYNTHETIC"))).contains(name, "seed 3");
  }

  private static PrepareSettings settings(Task task, Path input) throws IOException {
    PrepareSettings.Builder settings = task.defaults().toBuilder();
    if (task.name().equals("emnist")) {
      settings.option("emnistSplit", "letters");
    }
    return task.completed(HADOOP, input, settings.build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist", "nettalk", "dvsgesture", "nmnist", "emnist", "qmnist", "images"})
  void theSeedDecidesEveryByte(String name) throws IOException {
    generate(name, "first", 25, 3);
    generate(name, "again", 25, 3);
    generate(name, "other", 25, 4);
    assertThat(contents("again")).isEqualTo(contents("first"));
    assertThat(contents("other")).isNotEqualTo(contents("first"));
  }

  @Test
  void digitsAreLearnableByTheDistanceToClassMeans() throws IOException {
    Path to = generate("mnist", "data", 2_100, 1);
    Task task = Tasks.named("mnist");
    CollectingSink read = CollectingSink.readAll(task, to, task.defaults());
    double[][] means = new double[10][784];
    int[] counts = new int[10];
    float[] rates = new float[784];
    for (Sample sample : read.of(Split.TRAIN)) {
      sample.spikes().rates(rates, 0);
      counts[sample.label()]++;
      for (int i = 0; i < rates.length; i++) {
        means[sample.label()][i] += rates[i];
      }
    }
    int correct = 0;
    for (Sample sample : read.of(Split.TEST)) {
      sample.spikes().rates(rates, 0);
      if (nearest(means, counts, rates) == sample.label()) {
        correct++;
      }
    }
    assertThat(read.of(Split.TEST)).hasSize(300);
    assertThat(correct / 300.0).isBetween(0.7, 0.995);
  }

  private static int nearest(double[][] means, int[] counts, float[] rates) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int label = 0; label < 10; label++) {
      double distance = 0;
      for (int i = 0; i < rates.length; i++) {
        double difference = rates[i] - means[label][i] / counts[label];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = label;
      }
    }
    return nearest;
  }

  @Test
  void gesturesOfAllClassesAreInBothSplits() throws IOException {
    Path to = generate("dvsgesture", "data", 22, 1);
    Task task = Tasks.named("dvsgesture");
    CollectingSink read = CollectingSink.readAll(task, to, task.defaults());
    for (Split split : Split.values()) {
      assertThat(read.of(split)).hasSize(1100);
      assertThat(read.of(split).stream().map(Sample::label).distinct()).hasSize(11);
    }
  }

  @Test
  void tooFewSamplesAreRefused() {
    assertThatThrownBy(() -> generate("mnist", "data", 1, 1))
        .hasMessage("Invalid samples: 1, must be at least 2: one to train, one to test");
  }

  private Path generate(String task, String below, int samples, long seed) throws IOException {
    Path to = new Path(folder.resolve(below).toUri());
    SyntheticData.generate(HADOOP, Tasks.named(task), to, samples, seed);
    return to;
  }

  private Map<String, List<Byte>> contents(String below) throws IOException {
    Map<String, List<Byte>> contents = new TreeMap<>();
    try (Stream<java.nio.file.Path> files = Files.walk(folder.resolve(below))) {
      for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        contents.put(
            folder.resolve(below).relativize(file).toString(),
            List.of(
                (byte) java.util.Arrays.hashCode(bytes),
                (byte) (java.util.Arrays.hashCode(bytes) >> 8),
                (byte) bytes.length));
      }
    }
    contents.remove("SYNTHETIC");
    return contents;
  }
}
