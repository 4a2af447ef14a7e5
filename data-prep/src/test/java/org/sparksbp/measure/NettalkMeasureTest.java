package org.sparksbp.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparksbp.nettalk.ArticulatoryFeatures;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class NettalkMeasureTest {

  private final NettalkMeasure measure = empty();

  private static NettalkMeasure empty() {
    return new NettalkMeasure(
        ArticulatoryFeatures.CORPUS_PHONEMES,
        ArticulatoryFeatures.phonemeCodes(),
        ArticulatoryFeatures.stressCodes());
  }

  @Test
  void outputsAreClassedByTheNearestPhoneme() {
    Classifier classifier = measure.classifier().orElseThrow();
    assertThat(classifier.classes()).hasSize(51).startsWith("!", "#");
    for (int i = 0; i < 51; i++) {
      float[] target = ArticulatoryFeatures.target(classifier.classes().get(i).charAt(0), '2');
      assertThat(classifier.truth(sample(target))).isEqualTo(i);
      float[] shifted = new float[27];
      System.arraycopy(target, 0, shifted, 1, 26);
      assertThat(classifier.answer(shifted, 1)).isEqualTo(i);
    }
    assertThat(classifier.answer(new float[26], 0)).isEqualTo(-1);
  }

  @Test
  void theTargetItselfIsPerfect() {
    for (char phoneme : ArticulatoryFeatures.CORPUS_PHONEMES.toCharArray()) {
      for (char stress : ArticulatoryFeatures.STRESSES.toCharArray()) {
        float[] target = ArticulatoryFeatures.target(phoneme, stress);
        measure.add(sample(target), target.clone(), 0);
      }
    }
    assertThat(measure.samples()).isEqualTo(51 * 5);
    assertThat(measure.error()).isCloseTo(0, within(1e-12));
    assertThat(measure.values())
        .containsEntry("phoneme-accuracy", 1.0)
        .containsEntry("stress-accuracy", 1.0)
        .containsEntry("perfect-match", 1.0);
  }

  @Test
  void anOutputWithoutActivityCountsAsDistanceOne() {
    float[] target = ArticulatoryFeatures.target('a', '1');
    measure.add(sample(target), new float[26], 0);
    measure.add(sample(target), target.clone(), 0);
    assertThat(measure.values())
        .containsEntry("error", 0.5)
        .containsEntry("accuracy", 0.5)
        .containsEntry("phoneme-accuracy", 0.5)
        .containsEntry("stress-accuracy", 0.5);
    // Distances 1 and 0: their deviation is 0.5, over the root of two samples.
    assertThat(measure.values().get(Measure.STANDARD_ERROR))
        .isCloseTo(0.5 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void cosineAndBestGuessAreIndependentOfScaleButAPerfectMatchIsNot() {
    float[] target = ArticulatoryFeatures.target('k', '>');
    float[] half = target.clone();
    for (int i = 0; i < half.length; i++) {
      half[i] *= 0.5f;
    }
    measure.add(sample(target), half, 0);
    assertThat(measure.error()).isCloseTo(0, within(1e-12));
    assertThat(measure.values())
        .containsEntry("phoneme-accuracy", 1.0)
        .containsEntry("perfect-match", 0.0);
  }

  @Test
  void aHalfRightOutputHasTheCosineComputedByHand() {
    // 'h' >: back2, glide, left. Output back2 only: cosine 1 / sqrt(3); no stress answered.
    float[] target = ArticulatoryFeatures.target('h', '>');
    float[] output = new float[26];
    output[5] = 1;
    NettalkMeasure other = empty();
    other.add(sample(target), output, 0);
    measure.merge(other);
    assertThat(measure.error()).isCloseTo(1 - 1 / Math.sqrt(3), within(1e-12));
    assertThat(measure.values().get(Measure.STANDARD_ERROR)).isCloseTo(0, within(1e-7));
    assertThat(measure.values()).containsEntry("stress-accuracy", 0.0);
  }

  private static Sample sample(float[] target) {
    return new Sample("s", SpikeTrain.of(1, new int[][] {{}}), target, -1, "s");
  }
}
