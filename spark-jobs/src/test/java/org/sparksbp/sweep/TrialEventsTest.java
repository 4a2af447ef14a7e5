package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparksbp.tensorboard.EventReader;
import org.sparksbp.training.StartMode;
import org.tensorflow.proto.Event;

class TrialEventsTest extends SmallSweeps {

  private static final String[] PAIRS = {
    "training.epochs = 2",
    "sweep.space.snn.beta = [0.25, 0.5]",
    "sweep.arms { with { rule = sbp }, without { rule = no-such-rule } }",
    "sweep.seeds = [1, 2]"
  };

  private static final String[] HALVING = {
    "sweep.space.snn.beta = [0.1, 0.2, 0.3, 0.4]",
    "sweep.stopping { method = successive-halving, rungs = [1, 2], eta = 2 }"
  };

  @Test
  void everyTrialHasTheErrorsOfItsRowsInAFolderOfItsOwn() throws IOException {
    sweep(0, PAIRS);

    assertThat(written()).hasSize(8).isEqualTo(errorsOfTheTable());
    Path failed = folder("without-seed-1-");
    List<Event> events = EventReader.read(EventReader.only(failed));
    assertThat(EventReader.value(events, "about").getTensor().getStringVal(0).toStringUtf8())
        .contains("| `status` | failed |", "no-such-rule", "| `seed` | 1 |");
  }

  @Test
  void trialsThatEndedEarlierGetTheirsAndNoneIsWrittenTwice() throws IOException {
    SweepFixture.job(spark, data, results.resolve("sweep"), PAIRS).run(StartMode.NEW, 3);
    sweep(2, PAIRS);
    assertThat(written()).hasSize(5);
    SortedMap<String, String> before = files();

    assertThat(sweep(0, PAIRS).finished()).isTrue();

    assertThat(written()).hasSize(8).isEqualTo(errorsOfTheTable());
    assertThat(files()).containsAllEntriesOf(before);
    before = files();
    sweep(0, PAIRS);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void trialsThatARungStopsTellOfTheirEpochsUpToIt() throws IOException {
    sweep(0, HALVING);

    assertThat(written().values()).extracting(Map::size).containsExactlyInAnyOrder(1, 1, 2, 3);
    assertThat(written()).isEqualTo(errorsOfTheTable());
  }

  @Test
  void sweepThatWasNotAskedToWritesNone() throws IOException {
    SweepFixture.run(spark, data, results.resolve("sweep"), PAIRS);

    assertThat(SweepFixture.files(results, ".done")).isZero();
    assertThat(results.resolve("events")).doesNotExist();
  }

  private SweepOutcome sweep(int mostTrials, String... settings) throws IOException {
    SweepJob job = SweepFixture.job(spark, data, results.resolve("sweep"), settings);
    job.writeEvents(new org.apache.hadoop.fs.Path(results.resolve("events").toUri()));
    return job.run(StartMode.NEW, mostTrials);
  }

  private Path folder(String prefix) throws IOException {
    try (Stream<Path> all = Files.list(results.resolve("events/test"))) {
      return all.filter(folder -> folder.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Test errors by step, by the trial's part of its folder's name. */
  private SortedMap<String, Map<Long, Float>> written() throws IOException {
    SortedMap<String, Map<Long, Float>> written = new TreeMap<>();
    try (Stream<Path> all = Files.list(results.resolve("events/test"))) {
      for (Path folder : all.toList()) {
        String name = folder.getFileName().toString();
        written.put(
            name.substring(name.length() - 16),
            EventReader.scalars(EventReader.read(EventReader.only(folder)), "test/error"));
      }
    }
    return written;
  }

  private SortedMap<String, Map<Long, Float>> errorsOfTheTable() {
    SortedMap<String, Map<Long, Float>> errors = new TreeMap<>();
    Path sweep = results.resolve("sweep/test");
    for (Map<String, String> trial : SweepFixture.rows(sweep.resolve("trials.csv"))) {
      errors.put(trial.get("trial").substring(0, 16), new TreeMap<>());
    }
    for (Map<String, String> epoch : SweepFixture.rows(sweep.resolve("epochs.csv"))) {
      errors
          .get(epoch.get("trial").substring(0, 16))
          .put(Long.valueOf(epoch.get("epoch")), Float.valueOf(epoch.get("test_error")));
    }
    return errors;
  }

  /** Every file with its content. */
  private SortedMap<String, String> files() throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(results.resolve("events"))) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(file.toString(), SweepFixture.read(file)));
    }
    return files;
  }
}
