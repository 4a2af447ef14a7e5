package org.sparksbp.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.scale.RoundModel.Term;
import org.sparksbp.scale.Setting.Transport;

/** The model finds the costs that epochs were made of. */
class RoundModelTest {

  private static final double MEGABYTE = 1e6;

  @Test
  void findsTheCostsOfEpochsThatHaveThem() {
    Map<Term, Double> costs = new EnumMap<>(Term.class);
    // Epochs below two seconds, each one job where workers average directly.
    costs.put(Term.BATCH, 0.4e-3);
    costs.put(Term.ROUND, 0.1e-3);
    costs.put(Term.WORKER, 0.2e-3);
    costs.put(Term.SENDING, 0.5e-3);
    costs.put(Term.LINK, 1.1);
    costs.put(Term.DRIVER, 0.3e-3);
    costs.put(Term.JOB, 3e-3);
    costs.put(Term.TASK, 0.2e-3);
    costs.put(Term.START, 0.7e-3);
    costs.put(Term.EXECUTOR, 0.8e-3);
    assertThat(costs).hasSameSizeAs(Term.values());

    RoundModel found = RoundModel.fit(epochs(new RoundModel(costs)));

    costs.forEach(
        (term, cost) -> assertThat(found.cost(term)).as(term.name()).isCloseTo(cost, within(1e-9)));
  }

  @Test
  void noCostIsNegativeAndOneThatIsNotThereIsNothing() {
    Map<Term, Double> costs = new EnumMap<>(Term.class);
    costs.put(Term.BATCH, 4e-3);
    costs.put(Term.ROUND, -1e-3);
    costs.put(Term.WORKER, 2e-3);
    costs.put(Term.JOB, 30e-3);

    RoundModel found = RoundModel.fit(epochs(new RoundModel(costs)));

    for (Term term : Term.values()) {
      assertThat(found.cost(term)).as(term.name()).isNotNegative();
    }
    assertThat(found.cost(Term.ROUND)).isZero();
    assertThat(found.cost(Term.BATCH)).isCloseTo(4e-3, within(1e-3));
  }

  @Test
  void launchingIsSpreadOverSecondsOfRounds() {
    RoundModel model = new RoundModel(Map.of(Term.BATCH, 4e-3, Term.JOB, 30e-3, Term.TASK, 2e-3));
    Setting setting = new Setting(Transport.DIRECT, 10, 1, 2, MEGABYTE, 5);

    assertThat(model.ofRound(Term.BATCH, setting)).isCloseTo(20e-3, within(1e-12));
    assertThat(model.ofRound(Term.JOB, setting)).isCloseTo(30e-3 * 0.01, within(1e-12));
    assertThat(model.ofRound(Term.TASK, setting)).isCloseTo(20e-3 * 0.01, within(1e-12));
    Setting large = new Setting(Transport.DIRECT, 485, 1, 61, MEGABYTE, 5);
    assertThat(model.ofRound(Term.JOB, large)).isCloseTo(30e-3 * 0.002, within(1e-12));
    Setting jobs = new Setting(Transport.SPARK_JOBS, 10, 1, 2, MEGABYTE, 5);
    assertThat(model.ofRound(Term.TASK, jobs)).isCloseTo(20e-3, within(1e-12));
  }

  /** As {@code LargeExchangeTest} counts them: 5.0 MB of 125 executors. */
  @Test
  void anExecutorSendsWhatTheExchangeWasSeenToSend() {
    Setting several = new Setting(Transport.DIRECT, 1_000, 1, 125, MEGABYTE, 10);
    Setting two = new Setting(Transport.DIRECT, 2, 1, 2, MEGABYTE, 10);

    assertThat(several.bytes()).isCloseTo(4.73e6, within(1e4));
    assertThat(two.bytes()).isEqualTo(4.0 * Setting.PARAMETERS);
    assertThat(two.messages()).isEqualTo(2);
    assertThat(several.messages()).isEqualTo(2 * (11 + 10));
  }

  @Test
  void readsTheTableOfTheScript(@TempDir Path folder) throws IOException {
    Path table = folder.resolve("measurements.csv");
    Files.writeString(
        table,
        """
        way,transport,workers,cores,executors,link_mbit,batches,rounds,epoch_seconds
        process,spark-jobs,8,2,1,0,4,12,0.5
        hosts,direct,4,2,4,100,1,48,4.5
        """);

    List<Measurement> read = Measurement.read(table);

    assertThat(read)
        .containsExactly(
            new Measurement(new Setting(Transport.SPARK_JOBS, 8, 4, 1, 0, 4), 12, 0.5),
            new Measurement(new Setting(Transport.DIRECT, 4, 2, 4, 12.5e6, 1), 48, 4.5));
    assertThat(read.get(0).jobs(0.5)).isEqualTo(12);
    assertThat(read.get(1).jobs(0.1)).isEqualTo(3);
    assertThat(read.get(1).jobs(0.5)).isEqualTo(1);
    Files.writeString(table, "way,workers\nhosts,4\n");
    assertThatThrownBy(() -> Measurement.read(table)).hasMessageContaining("" + table);
  }

  private static List<Measurement> epochs(RoundModel model) {
    List<Measurement> epochs = new ArrayList<>();
    for (int workers : List.of(1, 2, 4, 8)) {
      double turns = Math.max(1, workers / 2.0);
      for (int batches : List.of(1, 4, 16)) {
        for (Transport transport : Transport.values()) {
          Setting setting = new Setting(transport, workers, turns, 1, 0, batches);
          epochs.add(epoch(model, 48, setting));
          epochs.add(epoch(model, 192, setting));
        }
        for (double link : List.of(1_000 * MEGABYTE, 200 * MEGABYTE)) {
          if (workers > 1) {
            Setting hosts = new Setting(Transport.DIRECT, workers, turns, workers, link, batches);
            epochs.add(epoch(model, 48, hosts));
          }
        }
      }
    }
    return epochs;
  }

  /** Which takes as long as the model says, the number of its jobs included. */
  private static Measurement epoch(RoundModel model, int length, Setting setting) {
    int rounds = length / setting.batches();
    Measurement epoch = new Measurement(setting, rounds, 1);
    for (int again = 0; again < 20; again++) {
      epoch = new Measurement(setting, rounds, model.seconds(epoch));
    }
    return epoch;
  }
}
