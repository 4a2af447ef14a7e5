package org.sparksbp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import scala.Tuple2;

class PackedSamplesTest {

  private static final int COUNT = 50_000;

  @Test
  void manyDestinationsTakeNoMoreMemoryThanFew() {
    for (int workers : new int[] {1, 100, 20_000}) {
      long bound = 1 << 20;
      PackedSamples packed =
          new PackedSamples(
              LongStream.range(0, COUNT)
                  .mapToObj(position -> new Tuple2<>(position, sample(position)))
                  .iterator(),
              position -> (int) (position % workers),
              bound);
      Map<Long, Integer> workerOf = new HashMap<>();
      while (packed.hasNext()) {
        assertThat(packed.openBytes()).isLessThanOrEqualTo(bound);
        Tuple2<Integer, byte[]> record = packed.next();
        PackedSamples.visit(record._2(), (position, offset) -> workerOf.put(position, record._1()));
      }
      assertThat(workerOf).hasSize(COUNT);
      workerOf.forEach(
          (position, worker) -> assertThat((long) worker).isEqualTo(position % workers));
    }
  }

  private static Sample sample(long position) {
    String id = "test/" + position;
    return new Sample(id, SpikeTrain.of(400, new int[][] {{1, 7}}), new float[] {1}, 0, id);
  }
}
