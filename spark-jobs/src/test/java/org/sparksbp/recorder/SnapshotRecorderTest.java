package org.sparksbp.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Work;
import org.sparksbp.snapshot.ActivityMap;
import org.sparksbp.snapshot.Confusion;
import org.sparksbp.snapshot.Histogram;
import org.sparksbp.snapshot.Raster;
import org.sparksbp.snapshot.Snapshot;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class SnapshotRecorderTest {

  @Test
  void valuesAreSortedIntoFortyBinsBetweenTheLowestAndTheHighest() {
    // Bins of 0.1 from -2 to 2.
    float[] values = {99, -2, -1.96f, 0, 0.05f, 0.12f, 2, Float.NaN};

    Histogram histogram = Histogram.of("w", values, 1, 7);

    assertThat(histogram.low()).isEqualTo(-2);
    assertThat(histogram.high()).isEqualTo(2);
    long[] expected = new long[40];
    expected[0] = 2;
    expected[20] = 2;
    expected[21] = 1;
    expected[39] = 1;
    assertThat(histogram.counts()).isEqualTo(expected);
    assertThat(histogram.total()).isEqualTo(6);
    assertThat(histogram.edge(20)).isZero();
    assertThat(histogram.mean()).isEqualTo((-2 - 1.96f + 0.05f + 0.12f + 2) / 6, within());
    assertThat(Histogram.of("w", new float[] {3, 3}, 0, 2).total()).isEqualTo(2);
    assertThat(Histogram.of("w", new float[0], 0, 0).total()).isZero();
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void ratesAreSpikesPerStepAveragedOverTheSamplesOfAllBatches() {
    // Two neurons, two steps: neuron 0 fires 2 + 1 + 0 times in three samples, neuron 1 never.
    ActivityTrace two = trace(new float[] {1, 0, 1, 0, 0, 0, 1, 0}, new float[0]);
    ActivityTrace one = trace(new float[] {0, 0, 0, 0}, new float[0]);
    ActivityStatistics statistics = new ActivityStatistics();

    statistics.add(two, 2);
    statistics.add(one, 1);

    Histogram rates = statistics.rates().get(0);
    assertThat(rates.of()).isEqualTo("hidden-1");
    assertThat(rates.low()).isZero();
    assertThat(rates.high()).isEqualTo(0.5, within());
    assertThat(rates.total()).isEqualTo(2);
    assertThat(statistics.activities()).isEmpty();
  }

  @Test
  void activitiesAreThoseAfterTheLastStep() {
    ActivityStatistics statistics = new ActivityStatistics();

    statistics.add(trace(new float[0], new float[] {9, 9, 0.25f, 0.5f}), 1);

    assertThat(statistics.rates()).isEmpty();
    Histogram activities = statistics.activities().get(0);
    assertThat(activities.low()).isEqualTo(0.25);
    assertThat(activities.high()).isEqualTo(0.5);
    assertThat(statistics.settled().get(0).low()).isEqualTo(0.75);
  }

  @Test
  void rasterHoldsTheSpikesOfTheSampleAndTheInputsOwnTrainBesides() {
    float[] target = {1};
    Sample sample =
        new Sample("s", SpikeTrain.of(3, new int[][] {{0, 2}, {}, {1}}), target, 0, "s");

    SampleView view = new SampleView(sample, trace(new float[] {1, 0, 0, 1}, new float[4]));

    assertThat(view.rasters()).extracting(Raster::layer).containsExactly("input", "hidden-1");
    assertThat(view.rasters().get(0).step()).containsExactly(0, 0, 2);
    assertThat(view.rasters().get(0).neuron()).containsExactly(0, 2, 1);
    assertThat(view.rasters().get(1).step()).containsExactly(0, 1);
    assertThat(view.rasters().get(1).neuron()).containsExactly(0, 1);
    assertThat(view.maps()).hasSize(1);
  }

  @Test
  void isReadBackAsItWasWritten() {
    Snapshot snapshot =
        new Snapshot(
            1,
            List.of(Histogram.of("weights-0", new float[] {1, 2}, 0, 2)),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Raster("input", 3, 3, 2, new int[] {1}, new int[] {2})),
            List.of(new ActivityMap("output", 1, 1, 1, new int[1], new float[][] {{0.5f}})));
    TrialSnapshots snapshots =
        new TrialSnapshots("id", 5, "s", -1, 2, null, null, null)
            .withFirst(snapshot)
            .withLast(snapshot, new Confusion(3, List.of("a"), new long[][] {{4}}, new long[1]));

    TrialSnapshots read = TrialSnapshots.of(snapshots.toJson());

    assertThat(read).usingRecursiveComparison().isEqualTo(snapshots);
    String earlier = snapshots.toJson().replace("\"settled\":[],", "");
    assertThat(TrialSnapshots.of(earlier)).usingRecursiveComparison().isEqualTo(snapshots);
  }

  /** A hidden layer of two neurons in two steps. */
  private static ActivityTrace trace(float[] spikes, float[] activities) {
    return new ActivityTrace(
        new Inference(new float[0], Work.NONE),
        List.of(
            new ActivityTrace.Layer("hidden-1", 2, 2, spikes, activities, new float[] {0.75f, 1})));
  }
}
