package org.sparksbp.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparksbp.training.TrainingFixture.configuration;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Struct;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingFixture;
import org.sparksbp.training.TrainingJob;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

class RunEventsTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void everyMeasureOfEveryEpochIsAScalarWhoseStepIsTheEpoch() throws IOException {
    TrainingOutcome outcome = train(StartMode.NEW, configuration());

    List<Event> events = EventReader.read(EventReader.only(eventsOf(outcome)));
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    assertThat(events)
        .isSortedAccordingTo((a, b) -> Double.compare(a.getWallTime(), b.getWallTime()));
    assertThat(outcome.epochs()).hasSize(3);
    for (EpochReport epoch : outcome.epochs()) {
      epoch
          .measures()
          .forEach(
              (name, value) ->
                  assertThat(EventReader.scalars(events, name.replace('.', '/')))
                      .as(name)
                      .hasSize(3)
                      .containsEntry((long) epoch.epoch(), value.floatValue()));
      assertThat(EventReader.scalars(events, "train_work/multiply_accumulates"))
          .containsEntry((long) epoch.epoch(), (float) epoch.trainingWork().multiplyAccumulates());
      assertThat(EventReader.scalars(events, "time/samples_per_second"))
          .containsEntry((long) epoch.epoch(), (float) epoch.samplesPerSecond());
    }
  }

  @Test
  void hyperparametersAreThoseOfTheConfiguration() throws IOException {
    TrainingOutcome outcome = train(StartMode.NEW, configuration());

    List<Event> events = EventReader.read(EventReader.only(eventsOf(outcome)));
    Summary.Value start = EventReader.value(events, "_hparams_/session_start_info");
    assertThat(start.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
    Struct hyperparameters =
        hyperparameters(start.getMetadata().getPluginData().getContent().newCodedInput());
    assertThat(hyperparameters.getFieldsOrThrow("training.batch").getNumberValue()).isEqualTo(10);
    assertThat(hyperparameters.getFieldsOrThrow("model").getStringValue()).isEqualTo("softmax");
    assertThat(hyperparameters.getFieldsMap()).doesNotContainKey("checkpoint.every");
    assertThat(EventReader.value(events, "_hparams_/session_end_info").hasTensor()).isTrue();
    Summary.Value about = EventReader.value(events, "about");
    assertThat(about.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(about.getTensor().getStringVal(0).toStringUtf8())
        .contains("| `training.batch` | 10 |", "| `data` | made-up |");
  }

  /** Field 3 of HParamsPluginData, whose field 1 is a map as that of a Struct is. */
  private static Struct hyperparameters(CodedInputStream data) throws IOException {
    assertThat(data.readTag() >>> 3).isEqualTo(3);
    CodedInputStream info = data.readBytes().newCodedInput();
    Struct.Builder found = Struct.newBuilder();
    for (int tag = info.readTag(); tag != 0; tag = info.readTag()) {
      if (tag >>> 3 == 1) {
        byte[] entry = info.readByteArray();
        byte[] struct = new byte[entry.length + 6];
        com.google.protobuf.CodedOutputStream out =
            com.google.protobuf.CodedOutputStream.newInstance(struct);
        out.writeByteArray(1, entry);
        found.mergeFrom(struct, 0, out.getTotalBytesWritten());
      } else {
        info.skipField(tag);
      }
    }
    return found.build();
  }

  @Test
  void resumedRunHasEveryEpochOnceAndOneFile() throws IOException {
    TrainingOutcome[] outcomes = new TrainingOutcome[2];
    Config longer = configuration("training.epochs = 5");
    try (RunEvents events = events(longer)) {
      TrainingJob stopping =
          TrainingFixture.stoppingJob(
              spark, folder.resolve("run"), longer, TrainingFixture.after(2), events);
      outcomes[0] = TrainingFixture.run(stopping, StartMode.NEW);
    }
    assertThat(outcomes[0].ending()).isEqualTo(Ending.INTERRUPTED);
    List<Event> half = EventReader.read(EventReader.only(eventsOf(outcomes[0])));
    assertThat(EventReader.scalars(half, "test/error")).containsOnlyKeys(1L, 2L);

    outcomes[1] = train(StartMode.RESUME, longer);

    List<Event> whole = EventReader.read(EventReader.only(eventsOf(outcomes[1])));
    assertThat(EventReader.scalars(whole, "test/error")).isEqualTo(errors(outcomes[1]));
    assertThat(EventReader.scalars(whole, "test/error")).hasSize(5);
  }

  @Test
  void runThatWasDoneAlreadyIsToldOfWhole() throws IOException {
    TrainingOutcome outcome = TrainingFixture.train(spark, folder.resolve("run"), configuration());

    assertThat(train(StartMode.NEW, configuration()).ending()).isEqualTo(Ending.ALREADY_DONE);

    List<Event> events = EventReader.read(EventReader.only(eventsOf(outcome)));
    assertThat(EventReader.scalars(events, "test/error")).isEqualTo(errors(outcome));
  }

  @Test
  void anotherRunOfTheSameNameHasAFolderOfItsOwn() throws IOException {
    TrainingOutcome one = train(StartMode.NEW, configuration());
    Config other = configuration("seed = 8");
    TrainingOutcome two;
    try (RunEvents events = events(other)) {
      two = TrainingFixture.train(spark, folder.resolve("elsewhere/run"), other, events);
    }

    assertThat(eventsOf(one)).isNotEqualTo(eventsOf(two));
    for (TrainingOutcome outcome : List.of(one, two)) {
      List<Event> events = EventReader.read(EventReader.only(eventsOf(outcome)));
      assertThat(EventReader.scalars(events, "test/error")).isEqualTo(errors(outcome));
    }
  }

  private Path eventsOf(TrainingOutcome outcome) {
    return folder.resolve("events/run-" + outcome.run().substring(0, 12));
  }

  private static SortedMap<Long, Float> errors(TrainingOutcome outcome) {
    SortedMap<Long, Float> errors = new TreeMap<>();
    outcome
        .epochs()
        .forEach(epoch -> errors.put((long) epoch.epoch(), epoch.test().get("error").floatValue()));
    return errors;
  }

  private TrainingOutcome train(StartMode mode, Config configuration) throws IOException {
    try (RunEvents events = events(configuration)) {
      return TrainingFixture.run(
          TrainingFixture.job(spark, folder.resolve("run"), configuration, events), mode);
    }
  }

  private RunEvents events(Config configuration) throws IOException {
    return new RunEvents(
        new Configuration(),
        new org.apache.hadoop.fs.Path(folder.resolve("events").toUri()),
        "run",
        configuration,
        "made-up");
  }
}
