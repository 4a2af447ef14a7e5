package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.rounds.Divergence;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.training.KeptModel;
import org.sparksbp.training.TrainingFailedException;

class FailureTest {

  @Test
  void badInputIsFoundBehindSparksException() {
    Failure failure =
        Failure.of(
            new SparkException("Job aborted", new InvalidInputException("Invalid IDX file: x")));

    assertThat(failure).isEqualTo(new Failure(ExitCode.INVALID_DATA, "Invalid IDX file: x"));
  }

  @Test
  void badInputIsFoundAmongWhatWasSuppressed() {
    IllegalStateException closing = new IllegalStateException("cannot close");
    closing.addSuppressed(new IOException(new InvalidInputException("Invalid shard: a.parquet")));

    Failure failure = Failure.of(new SparkException("Job aborted", closing));

    assertThat(failure).isEqualTo(new Failure(ExitCode.INVALID_DATA, "Invalid shard: a.parquet"));
  }

  @Test
  void aMissingDeviceIsABadCommandLineThatSaysWhatIsMissing() {
    NoDeviceException missing =
        new NoDeviceException("Cannot compute on a graphics card: no driver");

    Failure failure = Failure.of(new SparkException("Job aborted", missing));

    assertThat(failure).isEqualTo(new Failure(ExitCode.INVALID_COMMAND, missing.getMessage()));
  }

  @Test
  void divergenceAndExhaustedMemoryAreFailedTraining() {
    TrainingFailedException divergence =
        new TrainingFailedException(new Divergence.Parameters(), 3, 0, KeptModel.NONE);
    assertThat(Failure.of(divergence).exitCode()).isEqualTo(ExitCode.TRAINING_FAILED);
    Failure memory = Failure.of(new SparkException("x", new OutOfMemoryError("Java heap space")));
    assertThat(memory.exitCode()).isEqualTo(ExitCode.TRAINING_FAILED);
    assertThat(memory.message()).contains("SBP_HEAP");
  }

  @Test
  void unknownFailureSaysItsKindAndHowToSeeMore() {
    Failure failure = Failure.of(new IllegalStateException("x", new IOException("disk full")));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.OTHER_FAILURE);
    assertThat(failure.message()).isEqualTo("IOException: disk full (--verbose shows where)");
  }
}
