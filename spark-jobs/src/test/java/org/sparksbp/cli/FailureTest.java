package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
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
  void badInputIsFoundInSparksText() {
    Failure failure =
        Failure.of(
            new SparkException(
                "Job aborted due to stage failure: Task 0 failed 1 times: "
                    + "org.sparksbp.storage.InvalidInputException: Invalid shard: a.parquet\n\tat x.Y"));

    assertThat(failure).isEqualTo(new Failure(ExitCode.INVALID_DATA, "Invalid shard: a.parquet"));
  }

  @Test
  void processesWithoutTheirKernelsAreNoFailureOfTraining() {
    Failure failure =
        Failure.of(
            new SparkException(
                "Job aborted due to stage failure: Task 0 failed 4 times: "
                    + "org.sparksbp.kernel.MissingKernelsException: Cannot use x\n\tat x.Y"));

    assertThat(failure).isEqualTo(new Failure(ExitCode.OTHER_FAILURE, "Cannot use x"));
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
