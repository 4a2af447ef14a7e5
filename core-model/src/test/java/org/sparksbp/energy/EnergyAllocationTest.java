package org.sparksbp.energy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.spike.SpikeBatch;

/** What a batch allocates, counted in bytes by the Java virtual machine. */
class EnergyAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SMALL = 4;
  private static final int LARGE = 104;

  /** The three outputs of each further sample. */
  private static final long ANSWERS = (LARGE - SMALL) * 3 * Float.BYTES;

  /** Rounding of array sizes; less than a byte for each further sample. */
  private static final long SLACK = 64;

  @ParameterizedTest
  @ValueSource(strings = {"rate", "flattened"})
  void learningMoreSamplesAtOnceAllocatesNoMoreThanTheirAnswers(String input) {
    assertThat(learnedBytes(input, LARGE) - learnedBytes(input, SMALL)).isLessThan(ANSWERS + SLACK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate", "flattened"})
  void inferringMoreSamplesAtOnceAllocatesNoMoreThanTheirAnswers(String input) {
    assertThat(
            bytes(input, LARGE, (learner, batch) -> learner.infer(batch))
                - bytes(input, SMALL, (learner, batch) -> learner.infer(batch)))
        .isLessThan(ANSWERS + SLACK);
  }

  @Test
  void onlyTheFirstStatesAfterAMemoryWasTakenGoToNewArrays() {
    try (Learner learner = learner("rate")) {
      SpikeBatch batch = new SpikeBatch(EnergyLearnerTest.samples(SMALL, 1));
      learner.learn(batch, at(0));
      float[] first = learner.memory().entries().get("pattern/1/0");
      learner.learn(batch, at(1));
      learner.learn(batch, at(2));
      Map<String, float[]> second = learner.memory().entries();
      assertThat(second.get("pattern/1/0")).isNotSameAs(first);
      assertThat(learner.memory().entries()).isSameAs(second);
    }
  }

  private interface Call {
    void on(Learner learner, SpikeBatch batch);
  }

  private static long learnedBytes(String input, int size) {
    return bytes(input, size, (learner, batch) -> learner.learn(batch, at(0)));
  }

  /** Of a call after others of its kind, the least of some: classes may still be initialised. */
  private static long bytes(String input, int size, Call call) {
    try (Learner learner = learner(input)) {
      SpikeBatch batch = new SpikeBatch(EnergyLearnerTest.samples(size, 1));
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 8; i++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        call.on(learner, batch);
        least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      }
      return least;
    }
  }

  private static BatchPosition at(int batch) {
    return new BatchPosition(1, 1, 0, batch);
  }

  /** Of plain kernels: vectors are objects until they are compiled. */
  private static Learner learner(String input) {
    return EnergyLearnerTest.learner(
        "compute.kernels = plain, network.hidden = [20], rbm.input = " + input);
  }
}
