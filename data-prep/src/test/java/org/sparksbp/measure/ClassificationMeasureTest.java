package org.sparksbp.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class ClassificationMeasureTest {

  private static final List<String> CLASSES = List.of("a", "b", "c");

  @Test
  void theStrongestOutputIsTheAnswer() {
    ClassificationMeasure measure = ClassificationMeasure.ofSamples(CLASSES);
    measure.add(sample("1", 1, "1"), new float[] {9, 9, 0.1f, 0.9f, 0.2f}, 2);
    measure.add(sample("2", 2, "2"), new float[] {0.5f, 0.1f, 0.2f}, 0);
    assertThat(measure.samples()).isEqualTo(2);
    assertThat(measure.values()).containsEntry("error", 0.5).containsEntry("accuracy", 0.5);
    assertThat(measure.values()).doesNotContainKey("clip-accuracy");
    assertThat(measure.confusion()).isDeepEqualTo(new long[][] {{0, 0, 0}, {0, 1, 0}, {1, 0, 0}});
  }

  @Test
  void standardErrorOfThreeRightOutOfFourByHand() {
    ClassificationMeasure measure = ClassificationMeasure.ofSamples(CLASSES);
    ClassificationMeasure other = ClassificationMeasure.ofSamples(CLASSES);
    for (int label : new int[] {0, 0, 1}) {
      measure.add(sample("s", label, "s"), new float[] {1, 0, 0}, 0);
    }
    other.add(sample("s", 0, "s"), new float[] {1, 0, 0}, 0);
    measure.merge(other);
    // sqrt(0.75 * 0.25 / 4)
    assertThat(measure.values().get(Measure.STANDARD_ERROR))
        .isCloseTo(Math.sqrt(3) / 8, within(1e-15));
  }

  @Test
  void outputsThatAreNotNumbersAreAnError() {
    ClassificationMeasure measure = ClassificationMeasure.ofSamples(CLASSES);
    measure.add(sample("1", 0, "1"), new float[] {Float.NaN, Float.NaN, Float.NaN}, 0);
    assertThat(measure.error()).isEqualTo(1);
  }

  @Test
  void aClipIsRightIfMostOfItsFramesAreAlsoWhenTheyAreOnDifferentWorkers() {
    ClassificationMeasure first = ClassificationMeasure.ofGroups(CLASSES);
    ClassificationMeasure second = ClassificationMeasure.ofGroups(CLASSES);
    first.add(sample("x/0", 0, "x"), new float[] {1, 0, 0}, 0);
    first.add(sample("x/1", 0, "x"), new float[] {0, 1, 0}, 0);
    second.add(sample("x/2", 0, "x"), new float[] {1, 0, 0}, 0);
    second.add(sample("y/0", 2, "y"), new float[] {0, 1, 0}, 0);
    first.merge(second);
    assertThat(first.values())
        .containsEntry("accuracy", 0.5)
        .containsEntry("error", 0.5)
        .containsEntry("clip-accuracy", 0.5);
  }

  @Test
  void aLabelOutsideTheClassesIsRefused() {
    ClassificationMeasure measure = ClassificationMeasure.ofSamples(CLASSES);
    assertThatThrownBy(() -> measure.add(sample("s", 3, "s"), new float[3], 0))
        .hasMessage("Invalid label of sample s: 3, must be from 0 to 2");
  }

  private static Sample sample(String id, int label, String group) {
    return new Sample(id, SpikeTrain.of(1, new int[][] {{}}), new float[3], label, group);
  }
}
