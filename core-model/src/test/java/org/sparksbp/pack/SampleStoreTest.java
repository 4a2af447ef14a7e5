package org.sparksbp.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparksbp.device.Device;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
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
      int slot = slot(store, sample("a", 3, 1));
      assertThat(slot(store, sample("b", 3, 1))).isNotEqualTo(slot);
      assertThat(slot(store, sample("a", 3, 1))).isEqualTo(slot);
    }
  }

  @Test
  void anotherSampleOfTheSameNameIsAnother() {
    Device device = TestDevice.open();
    try (SampleStore store = new SampleStore(device, ONE_ROW, 2, 1 << 20)) {
      int slot = slot(store, sample("a", 3, 1));
      assertThat(slot(store, sample("a", 4, 1))).as("other spikes").isNotEqualTo(slot);
      assertThat(slot(store, sample("a", 3, 0))).as("another target").isNotEqualTo(slot);
    }
  }

  @Test
  void whatWasFoundBeforeAllWereForgottenIsNotTrusted() {
    Device device = TestDevice.open();
    Sample first = sample("a", 3, 1);
    Sample second = sample("b", 5, 0);
    try (SampleStore store = new SampleStore(device, ONE_ROW, 2, 0)) {
      slot(store, second);
      slot(store, first);
      SampleStore.Found found = store.find(List.of(new SpikeBatch(List.of(first))));
      assertThat(found.slots()[0].number()).isEqualTo(1);

      store.makeRoom(); // of 0 bytes: nothing may stay

      assertThat(store.slot(found, 0, first).number()).isZero();
    }
  }

  @Test
  void aSampleThatTwoCallsLookedForInVainIsSentOnce() {
    Device device = TestDevice.open();
    Sample sample = sample("a", 3, 1);
    try (SampleStore store = new SampleStore(device, ONE_ROW, 2, 1 << 20)) {
      SampleStore.Found one = store.find(List.of(new SpikeBatch(List.of(sample))));
      SampleStore.Found other = store.find(List.of(new SpikeBatch(List.of(sample))));

      assertThat(store.slot(one, 0, sample)).isEqualTo(store.slot(other, 0, sample));
    }
  }

  private static int slot(SampleStore store, Sample sample) {
    return store.slot(store.find(List.of(new SpikeBatch(List.of(sample)))), 0, sample).number();
  }

  private static Sample sample(String id, int channel, float target) {
    SpikeTrain spikes = SpikeTrain.of(9, new int[][] {{1, channel}});
    return new Sample(id, spikes, new float[] {target, 0}, 0, id);
  }
}
