package org.sparksbp.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class OutputTallyTest {

  private final OutputTally tally = new OutputTally(3);

  @Test
  void outputsThatAreNotExactlyTheirTargetsAreCounted() {
    tally.add(new float[] {0, 1, 0}, new float[] {9, -0f, 1, 0.001f}, 1);
    tally.add(new float[] {1, 0, 0}, new float[] {Float.NaN, 0, 1}, 0);
    assertThat(values()).containsEntry("unequal-outputs", 3.0 / 6);
  }

  @Test
  void anOutputIsStuckThatGivesTheSameForSeveralSamplesInWhateverPartsTheyAreTakenIn() {
    tally.add(new float[3], new float[] {1, 0.5f, Float.NaN}, 0);
    assertThat(values()).containsEntry("stuck-outputs", 0.0);
    OutputTally other = new OutputTally(3);
    other.add(new float[3], new float[] {1, 0.25f, Float.NaN}, 0);
    other.add(new float[3], new float[] {1, 0.25f, Float.NaN}, 0);
    tally.merge(other);
    assertThat(values()).containsEntry("stuck-outputs", 1.0 / 3);
  }

  /** As all-zero answers are 10 % off by the count of the study, and 90 % by their class. */
  @Test
  void itIsNoAccuracy() {
    ClassificationMeasure measure =
        ClassificationMeasure.ofSamples(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    for (int label = 0; label < 10; label++) {
      float[] target = new float[10];
      target[label] = 1;
      SpikeTrain spikes = SpikeTrain.of(1, new int[1][0]);
      measure.add(new Sample("s", spikes, target, label, "s"), new float[10], 0);
    }
    assertThat(measure.values())
        .containsEntry("error", 0.9)
        .containsEntry("unequal-outputs", 0.1)
        .containsEntry("stuck-outputs", 1.0);
  }

  private Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    tally.put(values);
    return values;
  }
}
