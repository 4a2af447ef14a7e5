package org.sparksbp.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class StoredSamplesTest {

  @Test
  void listsStayAsTheyAreWhileSamplesAreAdded() {
    StoredSamples stored = new StoredSamples();
    assertThat(stored.list()).isEmpty();
    int[] ends = {1, 8_192, 8_193, 20_000, 90_000};
    List<Sample> first = null;
    int from = 0;
    for (int end : ends) {
      stored.add(IntStream.range(from, end).mapToObj(StoredSamplesTest::sample).iterator());
      from = end;
      first = first == null ? stored.list() : first;
      assertThat(stored.list()).extracting(Sample::id).containsExactlyElementsOf(ids(end));
    }
    assertThat(first).extracting(Sample::id).containsExactly("test/0");
    assertThat(stored.list().get(77_777)).usingRecursiveComparison().isEqualTo(sample(77_777));
    assertThatThrownBy(() -> stored.list().get(90_000))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static List<String> ids(int end) {
    return IntStream.range(0, end).mapToObj(number -> "test/" + number).toList();
  }

  private static Sample sample(int number) {
    SpikeTrain spikes = SpikeTrain.of(400, new int[][] {{number % 300, 301}, {}, {number % 7}});
    return new Sample("test/" + number, spikes, new float[] {number % 2, 0.5f}, number, "group");
  }
}
