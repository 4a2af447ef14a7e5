package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets with other numbers of classes than ten go the whole way, by what their manifests say. */
class ManyClassesTest {

  private static final int SIDE = 28;

  @TempDir Path folder;

  @Test
  void lettersArePreparedTrainedMeasuredSweptReportedAndShown() throws IOException {
    write("emnist-letters-train", 26, 1, 104);
    write("emnist-letters-test", 26, 1, 52);
    String shards = prepare("emnist");

    String run = train("emnist", shards, "training.epochs=12");
    CommandRun evaluated =
        succeed(
            "evaluate", "--model", run + "/model", "--data", shards, "--output", in("measured"));
    // By chance one of 26 is right.
    assertThat(evaluated.result().at("/measures/accuracy").asDouble()).isGreaterThan(0.5);
    assertThat(succeed("inspect", shards, "--sample", "25").out()).contains("label 25", "class: Z");

    Path sweep =
        Files.writeString(
            folder.resolve("letters.conf"),
            """
            task = emnist
            network.hidden = [5]
            training { epochs = 2, batch = 13 }
            snn.duration = 1.0
            sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }
            """);
    CommandRun swept =
        succeed("sweep", "--config", sweep.toString(), "--data", shards, "--output", in("results"));
    assertThat(swept.result().get("done").asInt()).isEqualTo(2);
    succeed("report", "--results", in("results"), "--output", in("report"));
    assertThat(folder.resolve("report/tables/trials.csv")).content().contains("letters,2");
    assertThat(folder.resolve("report/report.html")).content().contains("emnist");
  }

  @Test
  void sixtyTwoClassesAreLearntToo() throws IOException {
    write("emnist-byclass-train", 62, 0, 124);
    write("emnist-byclass-test", 62, 0, 62);

    String run = train("emnist", prepare("emnist"), "model=rbm", "training.epochs=1", "rule=plain");

    // Weights and biases from the input to 40 hidden neurons, and from those to 62 outputs.
    assertThat(succeed("inspect", run + "/model").result().get("parameters").asInt())
        .isEqualTo(784 * 40 + 40 + 40 * 62 + 62);
  }

  private String prepare(String task) {
    CommandRun prepared =
        succeed("prepare", task, "--input", in("raw"), "--output", in("shards"), "--steps", "4");
    assertThat(prepared.result().get("badRecords").asInt()).isZero();
    return in("shards");
  }

  private String train(String task, String shards, String... settings) {
    String run = in("run-" + String.join("-", settings));
    List<String> words = new ArrayList<>(List.of("train", "--data", shards, "--output", run));
    words.addAll(List.of("--set", "task=" + task, "--set", "network.hidden=[40]"));
    words.addAll(List.of("--set", "training.batch=10"));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    succeed(words.toArray(String[]::new));
    return run;
  }

  private CommandRun succeed(String... words) {
    CommandRun run =
        words[0].equals("report") ? CommandRun.of(words) : CommandRun.onTwoCores(words);
    assertThat(run.exitCode()).as(String.join(" ", words) + run.err()).isZero();
    return run;
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  /** Class k is a dot of 4x4 bright pixels whose place depends on k, in images column by column. */
  private void write(String prefix, int classes, int first, int count) throws IOException {
    Path raw = Files.createDirectories(folder.resolve("raw"));
    try (DataOutputStream images =
            new DataOutputStream(
                Files.newOutputStream(raw.resolve(prefix + "-images-idx3-ubyte")));
        DataOutputStream labels =
            new DataOutputStream(
                Files.newOutputStream(raw.resolve(prefix + "-labels-idx1-ubyte")))) {
      images.writeInt(2051);
      images.writeInt(count);
      images.writeInt(SIDE);
      images.writeInt(SIDE);
      labels.writeInt(2049);
      labels.writeInt(count);
      for (int number = 0; number < count; number++) {
        int index = number % classes;
        labels.writeByte(first + index);
        byte[] image = new byte[SIDE * SIDE];
        int top = 3 * (index % 8);
        int left = 3 * (index / 8);
        for (int row = top; row < top + 4; row++) {
          for (int column = left; column < left + 4; column++) {
            image[column * SIDE + row] = (byte) 255;
          }
        }
        images.write(image);
      }
    }
  }
}
