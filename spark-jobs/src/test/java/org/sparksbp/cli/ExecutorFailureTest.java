package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.training.TrainingFixture;

/** What the driver makes of exceptions that processes of their own have thrown. */
@Tag("slow")
class ExecutorFailureTest {

  private static JavaSparkContext cluster;

  /** How a task fails. */
  enum Failing implements Function<Integer, Integer> {
    INPUT(ExitCode.INVALID_DATA, "Invalid IDX file: cut off") {
      @Override
      void fail() throws IOException {
        throw new InvalidInputException("Invalid IDX file: cut off", new IOException("end"));
      }
    },
    WRAPPED_INPUT(ExitCode.INVALID_DATA, "Invalid data set: a shard") {
      @Override
      void fail() {
        throw new UncheckedIOException(new InvalidInputException("Invalid data set: a shard"));
      }
    },
    MODEL(ExitCode.INVALID_DATA, "Invalid model: no arrays") {
      @Override
      void fail() throws IOException {
        throw new InvalidModelException("Invalid model: no arrays");
      }
    },
    KERNELS(ExitCode.OTHER_FAILURE, "Cannot use compute.kernels = vector") {
      @Override
      void fail() {
        KernelChoice.named("vector");
      }
    };

    private final ExitCode code;
    private final String message;

    Failing(ExitCode code, String message) {
      this.code = code;
      this.message = message;
    }

    abstract void fail() throws IOException;

    @Override
    public Integer call(Integer ignored) throws IOException {
      fail();
      return 0;
    }
  }

  @BeforeAll
  static void startCluster() throws IOException {
    cluster =
        TrainingFixture.context(
            TrainingFixture.localClusterConf().setMaster("local-cluster[1,1,512]"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void exceptionOfATaskArrivesWithItsKindAndMessage(Failing failing) {
    Throwable thrown =
        catchThrowable(() -> cluster.parallelize(List.of(1), 1).map(failing).collect());

    Failure failure = Failure.of(thrown);

    assertThat(failure.exitCode()).as(failure.message()).isEqualTo(failing.code);
    assertThat(failure.message()).contains(failing.message).doesNotContain("\tat ");
  }
}
