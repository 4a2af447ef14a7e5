package org.sparksbp.spike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparksbp.random.RandomStream;

/** A code is checked eight gaps at a time where it is taken, and gap by gap where it is visited. */
class SpikeTrainTest {

  private static final int STEPS = 6;
  private static final int CHANNELS = 700;

  private static SpikeTrain drawn(long number) {
    RandomStream random = RandomStream.of(number, "spike-train");
    double[] densities = {0, 0.003, 0.02, 0.2, 0.6, 1};
    SpikeTrain.Builder train = new SpikeTrain.Builder(STEPS, CHANNELS);
    for (int step = 0; step < STEPS; step++) {
      double density = densities[(int) ((step + number) % densities.length)];
      for (int channel = 0; channel < CHANNELS; channel++) {
        if (random.nextFloat() < density) {
          train.add(step, channel);
        }
      }
    }
    return train.build();
  }

  @Test
  void aCodeHasAsManyEventsAsItsVisitorSees() {
    for (int number = 0; number < 20; number++) {
      SpikeTrain train = drawn(number);
      int[] seen = new int[1];
      train.forEach((step, channel) -> seen[0]++);

      SpikeTrain taken = SpikeTrain.ofCode(STEPS, CHANNELS, train.code());

      assertThat(taken).isEqualTo(train);
      assertThat(taken.eventCount()).isEqualTo(seen[0]).isEqualTo(train.eventCount());
    }
  }

  @Test
  void aDamagedCodeIsRefusedForTheReasonThatAVisitWouldGive() {
    byte[] code = drawn(1).code();
    int refused = 0;
    for (int at = 0; at < code.length; at++) {
      for (int bit : new int[] {0, 3, 6, 7}) {
        byte[] damaged = code.clone();
        damaged[at] ^= (byte) (1 << bit);
        refused += refusedAsByAVisit(damaged);
      }
    }
    assertThat(refused).isGreaterThan(code.length);
    for (int length = 0; length < code.length; length++) {
      assertThat(refusedAsByAVisit(Arrays.copyOf(code, length))).isEqualTo(1);
    }
    assertThat(refusedAsByAVisit(Arrays.copyOf(code, code.length + 1))).isEqualTo(1);
  }

  /** 1 if it is refused, 0 if not; a visit must come to the same. */
  private static int refusedAsByAVisit(byte[] code) {
    SpikeTrain unchecked = SpikeTrain.ofCheckedCode(STEPS, CHANNELS, code, 0);
    int[] seen = new int[1];
    try {
      unchecked.forEach((step, channel) -> seen[0]++);
    } catch (IllegalArgumentException e) {
      assertThatThrownBy(() -> SpikeTrain.ofCode(STEPS, CHANNELS, code)).hasMessage(e.getMessage());
      return 1;
    }
    assertThat(SpikeTrain.ofCode(STEPS, CHANNELS, code).eventCount()).isEqualTo(seen[0]);
    return 0;
  }
}
