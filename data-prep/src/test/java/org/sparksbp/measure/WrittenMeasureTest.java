package org.sparksbp.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class WrittenMeasureTest {

  @Test
  void sumsOfClipsMergeAsTheMeasureItselfDoes() throws IOException {
    check(() -> ClassificationMeasure.ofGroups(List.of("a", "b", "c")));
  }

  @Test
  void sumsOfFeaturesMergeAsTheMeasureItselfDoes() throws IOException {
    float[][] phonemes = {{1, 0}, {0, 1}};
    float[][] stresses = {{0}, {1}};
    check(() -> new NettalkMeasure("ab", phonemes, stresses));
  }

  private static void check(Supplier<Measure> empty) throws IOException {
    Measure first = fill(empty.get(), 0, 5);
    Measure second = fill(empty.get(), 3, 9);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    second.write(new DataOutputStream(bytes));

    Measure expected = fill(empty.get(), 0, 5);
    expected.merge(second);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    first.merge(in);
    assertThat(in.read()).isEqualTo(-1);
    assertThat(first.samples()).isEqualTo(11);
    assertThat(first).usingRecursiveComparison().isEqualTo(expected);
    assertThat(first.values()).isEqualTo(expected.values());
  }

  private static Measure fill(Measure measure, int from, int to) {
    for (int i = from; i < to; i++) {
      float[] target = {i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0};
      SpikeTrain spikes = SpikeTrain.of(1, new int[1][0]);
      measure.add(
          new Sample("s" + i, spikes, target, i % 3, "clip-" + i % 3),
          new float[] {0.1f * i, 0.5f, 0.04f * i * i},
          0);
    }
    return measure;
  }
}
