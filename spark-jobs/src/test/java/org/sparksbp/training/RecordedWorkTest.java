package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.worker.MeasureSource;

/** Work as lines of {@code metrics.jsonl} and checkpoints hold it, earlier ones among them. */
class RecordedWorkTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Work TRAINING = new Work(900, 500, 300, 70, 8);
  private static final Work TEST = new Work(90, 50, 30, 7, 1);
  private static final MeasureSource MEASURES =
      () -> ClassificationMeasure.ofSamples(TrainingFixture.CLASSES);

  private static EpochReport report() {
    TreeMap<String, Double> error = new TreeMap<>(Map.of("error", 0.25));
    return new EpochReport(1, error, error, error, Selection.TEST, TRAINING, TEST, 10, 2, 1);
  }

  /** A line as it was before graded products and the spiking phase were counted. */
  private static ObjectNode earlierLine() {
    ObjectNode line = MetricsLine.of(report());
    for (ObjectNode work : List.of(line, (ObjectNode) line.get("testWork"))) {
      work.remove(List.of("gradedMultiplyAccumulates", "spikingPhaseMultiplyAccumulates"));
    }
    return line;
  }

  @Test
  void aLineHasAllThatWasCounted() {
    ObjectNode line = MetricsLine.of(report());
    assertThat(line.path("gradedMultiplyAccumulates").asLong()).isEqualTo(500);
    assertThat(line.path("spikingPhaseMultiplyAccumulates").asLong()).isEqualTo(300);
    assertThat(line.path("testWork").path("spikingPhaseMultiplyAccumulates").asLong())
        .isEqualTo(30);
    assertThat(MetricsLine.read(line)).isEqualTo(report());
  }

  @Test
  void whatAnEarlierLineDoesNotSayIsUnknownAndNotZero() {
    EpochReport read = MetricsLine.read(earlierLine());
    assertThat(read.trainingWork()).isEqualTo(new Work(900, Work.UNKNOWN, Work.UNKNOWN, 70, 8));
    assertThat(read.testWork()).isEqualTo(new Work(90, Work.UNKNOWN, Work.UNKNOWN, 7, 1));
    assertThat(read.trainingWork().plus(TRAINING))
        .isEqualTo(new Work(1800, Work.UNKNOWN, Work.UNKNOWN, 140, 16));
    assertThat(MetricsLine.of(read)).isEqualTo(earlierLine());
    assertThat(EpochScalars.of(read))
        .containsEntry("train_work/multiply_accumulates", 900.0)
        .doesNotContainKeys(
            "train_work/graded_multiply_accumulates",
            "train_work/spiking_phase_multiply_accumulates");
    assertThat(EpochScalars.of(report()))
        .containsEntry("train_work/graded_multiply_accumulates", 500.0)
        .containsEntry("test_work/spiking_phase_multiply_accumulates", 30.0);
  }

  @Test
  void aRunGoesOnFromAnEarlierCheckpointInsideAnEpoch() throws IOException {
    String sums =
        """
        {"multiplyAccumulates": 40, "synapticOperations": 3, "spikes": 2, "seconds": 1.5,
         "measure": ""}""";
    Checkpoint earlier =
        new Checkpoint(
            "run", 1, 1, new float[0], List.of(earlierLine()), JSON.readTree(sums), null);

    RunState state = RunState.of(earlier, MEASURES);

    assertThat(state.lastReport()).isEqualTo(MetricsLine.read(earlierLine()));
    EpochReport ended =
        state.endEpoch(
            new EpochEvaluation.Result(Selection.TRAIN, Optional.empty(), Optional.empty()));
    assertThat(ended.trainingWork()).isEqualTo(new Work(40, Work.UNKNOWN, Work.UNKNOWN, 3, 2));
  }
}
