package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparksbp.training.TrainingFixture.executors;
import static org.sparksbp.training.TrainingFixture.signal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparksbp.random.RandomStream;
import org.sparksbp.training.TrainingFixture;

/**
 * Commands whose processes are killed or held at random moments, each of which leaves the bytes of
 * an undisturbed one. {@code -Dkills=20} for as many moments of each kind instead of two; {@code
 * -Dkills.seed} draws others. Prints how much time was lost.
 */
@Tag("clusters")
class RandomKillsTest {

  private static final int MOMENTS = Integer.getInteger("kills", 2);
  private static final long SEED = Long.getLong("kills.seed", 1);
  private static final int HELD_SECONDS = 3;

  @TempDir static Path folder;

  private static Path raw;

  /** What is disturbed, and how. */
  enum Disturbed {
    PREPARE(2, Disturbance.KILL, List.of("manifest.json")) {
      @Override
      List<String> command(Path output) {
        return List.of("prepare", "mnist", "--input", raw.toString(), "--output", "" + output);
      }
    },
    TRAINING(2, Disturbance.KILL, List.of("model")),
    TRAINING_BY_JOBS(2, Disturbance.KILL, List.of("model")) {
      @Override
      List<String> command(Path output) {
        return training(output, "averaging.transport=spark-jobs");
      }
    },
    TRAINING_WITH_MEMORY(2, Disturbance.KILL, List.of("model")) {
      @Override
      List<String> command(Path output) {
        return training(output, "snn.state=carried");
      }
    },
    ALL_BUT_ONE(3, Disturbance.KILL_ALL_BUT_ONE, List.of("model")),
    SLOW(2, Disturbance.HOLD, List.of("model")),
    EVALUATION(2, Disturbance.KILL, List.of("predictions")) {
      @Override
      List<String> command(Path output) {
        return List.of(
            "evaluate",
            "--model=" + folder.resolve("model-to-evaluate/model"),
            "--data=" + folder.resolve("shards"),
            "--on=train",
            "--output=" + output);
      }
    },
    SWEEP(2, Disturbance.KILL, List.of("study/trials.csv", "study/epochs.csv")) {
      @Override
      List<String> command(Path output) {
        return List.of(
            "sweep",
            "--config=" + folder.resolve("study.conf"),
            "--data=" + folder.resolve("shards"),
            "--output=" + output);
      }
    };

    private final int executors;
    private final Disturbance disturbance;
    private final List<String> compared;

    Disturbed(int executors, Disturbance disturbance, List<String> compared) {
      this.executors = executors;
      this.disturbance = disturbance;
      this.compared = compared;
    }

    /** The command line, without Spark's options. */
    List<String> command(Path output) {
      return training(output, "averaging.transport=auto");
    }

    /** The compared files' contents, by path. */
    SortedMap<String, String> bytes(Path output) throws IOException {
      SortedMap<String, String> bytes = new TreeMap<>();
      for (String name : compared) {
        Path place = output.resolve(name);
        if (Files.isDirectory(place)) {
          TrainingFixture.files(place).forEach((file, text) -> bytes.put(name + "/" + file, text));
        } else if (Files.exists(place)) {
          bytes.put(name, Files.readString(place, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
      }
      assertThat(bytes).as("what is compared").isNotEmpty();
      return bytes;
    }
  }

  /** What happens to executors. */
  enum Disturbance {
    KILL {
      @Override
      void on(List<ProcessHandle> all, int chosen) {
        all.get(chosen).destroyForcibly();
      }
    },
    KILL_ALL_BUT_ONE {
      @Override
      void on(List<ProcessHandle> all, int chosen) {
        List<ProcessHandle> victims = new ArrayList<>(all);
        victims.remove(chosen);
        victims.forEach(ProcessHandle::destroyForcibly);
      }
    },
    HOLD {
      @Override
      void on(List<ProcessHandle> all, int chosen) {
        ProcessHandle held = all.get(chosen);
        signal(held, "STOP");
        CompletableFuture.delayedExecutor(HELD_SECONDS, TimeUnit.SECONDS)
            .execute(() -> signal(held, "CONT"));
      }
    };

    abstract void on(List<ProcessHandle> all, int chosen);
  }

  @BeforeAll
  static void prepareDigits() throws IOException {
    raw = RawDigits.write(folder.resolve("raw"), 3_000, 300);
    List<String> prepare =
        List.of("prepare", "mnist", "--input=" + raw, "--output=" + folder.resolve("shards"));
    done(CommandRun.onTwoCores(prepare.toArray(String[]::new)));
    List<String> train = training(folder.resolve("model-to-evaluate"), "training.epochs=1");
    done(CommandRun.onTwoCores(train.toArray(String[]::new)));
    Files.writeString(
        folder.resolve("study.conf"),
        """
        task = mnist, model = snn, rule = sbp, network.hidden = [8], seed = 1
        training { epochs = 3, batch = 20, limit = 400 }
        compute.kernels = plain
        sweep.name = study
        sweep.space.snn.beta { from = 0.3, to = 0.8, steps = 3 }
        sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }
        sweep.seeds = [1, 2]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void whatHappensToExecutorsChangesNoByte(Disturbed disturbed) throws Exception {
    Path place = Files.createDirectories(folder.resolve(disturbed.name()));
    // The first one of a kind takes longer, and moments drawn from that would come too late.
    seconds(disturbed, place.resolve("first"), new Disturber(disturbed, -1, 0));
    Disturber none = new Disturber(disturbed, -1, 0);
    double calm = seconds(disturbed, place.resolve("calm"), none);
    SortedMap<String, String> expected = disturbed.bytes(place.resolve("calm"));
    double computing = calm - none.startedAfter();
    List<Double> lost = new ArrayList<>();
    int late = 0;
    for (int moment = 0; moment < MOMENTS; moment++) {
      RandomStream random = RandomStream.of(SEED, disturbed.name(), moment);
      double after = random.nextFloat() * computing;
      Path output = place.resolve("moment-" + moment);
      Disturber disturber = new Disturber(disturbed, random.nextInt(disturbed.executors), after);
      double took = seconds(disturbed, output, disturber);
      assertThat(disturbed.bytes(output))
          .as("%s, moment %d of seed %d, after %.2f s", disturbed, moment, SEED, after)
          .isEqualTo(expected);
      if (disturber.hasActed()) {
        lost.add(took - calm);
      } else {
        late++;
      }
    }
    tell(disturbed.name(), calm, lost, late);
  }

  @Test
  void aKilledDriverResumedTrainsToTheSameBytes() throws Exception {
    Path place = Files.createDirectories(folder.resolve("DRIVER"));
    long began = System.nanoTime();
    assertThat(driver(place.resolve("calm")).waitFor()).isZero();
    double calm = (System.nanoTime() - began) / 1e9;
    List<Double> lost = new ArrayList<>();
    int late = 0;
    for (int moment = 0; moment < MOMENTS; moment++) {
      double after = RandomStream.of(SEED, "driver", moment).nextFloat() * calm;
      Path output = place.resolve("moment-" + moment);
      long start = System.nanoTime();
      Process driver = driver(output);
      boolean ended = driver.waitFor((long) (after * 1e3), TimeUnit.MILLISECONDS);
      driver.destroyForcibly().waitFor();
      List<String> again = new ArrayList<>(training(output, "averaging.transport=auto"));
      again.add("--resume");
      done(CommandRun.onTwoCores(again.toArray(String[]::new)));
      assertThat(TrainingFixture.files(output.resolve("model")))
          .as("moment %d of seed %d, after %.2f s", moment, SEED, after)
          .isEqualTo(TrainingFixture.files(place.resolve("calm/model")));
      if (ended) {
        late++;
      } else {
        lost.add((System.nanoTime() - start) / 1e9 - calm);
      }
    }
    tell("DRIVER", calm, lost, late);
  }

  private static Process driver(Path output) throws IOException {
    List<String> command = new ArrayList<>(List.of(Sbp.class.getName()));
    command.addAll(training(output, "averaging.transport=auto"));
    command.addAll(List.of("--master", "local[2]"));
    return TrainingFixture.java(
            List.of("--add-modules=jdk.incubator.vector"), command.toArray(String[]::new))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> training(Path output, String setting) {
    return List.of(
        "train",
        "--data=" + folder.resolve("shards"),
        "--output=" + output,
        "--set=network.hidden=[20]",
        "--set=training.epochs=6",
        "--set=training.workers=2",
        "--set=training.batch=10",
        "--set=averaging.every=2",
        "--set=compute.kernels=plain",
        "--set=" + setting);
  }

  /** Runs a command on executors of its own while they are disturbed; how long it took. */
  private static double seconds(Disturbed disturbed, Path output, Disturber disturber)
      throws InterruptedException {
    List<String> all = new ArrayList<>(disturbed.command(output));
    all.addAll(
        List.of(
            "--master=local-cluster[" + disturbed.executors + ",1,512]",
            "--conf=spark.executor.memory=512m",
            "--conf=spark.executor.extraClassPath=" + TrainingFixture.classPath()));
    awaitNoExecutors();
    long began = System.nanoTime();
    disturber.start();
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    double took = (System.nanoTime() - began) / 1e9;
    disturber.end();
    done(run);
    return took;
  }

  private static void awaitNoExecutors() throws InterruptedException {
    while (!executors().isEmpty()) {
      Thread.sleep(50);
    }
  }

  private static void done(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static void tell(String what, double calm, List<Double> lost, int late) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d moments, and %d after the end; undisturbed %.1f s, lost %.1f s on average, %.1f s"
            + " at most%n",
        what,
        lost.size(),
        late,
        calm,
        lost.stream().mapToDouble(Double::doubleValue).average().orElse(0),
        lost.stream().mapToDouble(Double::doubleValue).max().orElse(0));
  }

  /** Disturbs some time after all executors have come, unless the command has ended before. */
  private static final class Disturber extends Thread {
    private final Disturbed disturbed;
    private final int chosen;
    private final double seconds;
    private volatile boolean ended;
    private volatile boolean acted;
    private volatile double startedAfter;

    /**
     * One that is to be started with the command.
     *
     * @param chosen executor; less than 0 for a command that is left alone
     * @param seconds after which it acts
     */
    Disturber(Disturbed disturbed, int chosen, double seconds) {
      super("disturber");
      this.disturbed = disturbed;
      this.chosen = chosen;
      this.seconds = seconds;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        long began = System.nanoTime();
        while (executors().size() < disturbed.executors && !ended) {
          sleep(20);
        }
        startedAfter = (System.nanoTime() - began) / 1e9;
        sleep((long) (seconds * 1e3));
        List<ProcessHandle> all = executors();
        if (!ended && chosen >= 0 && all.size() == disturbed.executors) {
          disturbed.disturbance.on(all, chosen);
          acted = true;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void end() throws InterruptedException {
      ended = true;
      join();
    }

    boolean hasActed() {
      return acted;
    }

    double startedAfter() {
      return startedAfter;
    }
  }
}
