package org.sparksbp.pack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparksbp.device.Device;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

class SampleStoreTest {

  private static final SampleEncoding ONE_ROW =
      (train, receiver) -> {
        train.forEach((step, channel) -> receiver.element(channel, 1));
        receiver.endRow();
      };

  @Test
  void aSampleThatIsDecodedAgainIsWhereItWas() {
    Device device = TestDevice.open();
    try (SampleStore store = new SampleStore(device, ONE_ROW, 2, 1 << 20)) {
      int slot = store.slot(sample("a", 3, 1));
      assertThat(store.slot(sample("b", 3, 1))).isNotEqualTo(slot);
      assertThat(store.slot(sample("a", 3, 1))).isEqualTo(slot);
    }
  }

  @Test
  void anotherSampleOfTheSameNameIsAnother() {
    Device device = TestDevice.open();
    try (SampleStore store = new SampleStore(device, ONE_ROW, 2, 1 << 20)) {
      int slot = store.slot(sample("a", 3, 1));
      assertThat(store.slot(sample("a", 4, 1))).as("other spikes").isNotEqualTo(slot);
      assertThat(store.slot(sample("a", 3, 0))).as("another target").isNotEqualTo(slot);
    }
  }

  private static Sample sample(String id, int channel, float target) {
    SpikeTrain spikes = SpikeTrain.of(9, new int[][] {{1, channel}});
    return new Sample(id, spikes, new float[] {target, 0}, 0, id);
  }
}
