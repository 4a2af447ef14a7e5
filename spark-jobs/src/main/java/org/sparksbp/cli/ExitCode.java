package org.sparksbp.cli;

/** How a command has ended, as the shell learns it. */
enum ExitCode {
  DONE(0),
  OTHER_FAILURE(1),
  INVALID_COMMAND(2),
  INVALID_DATA(3),
  TRAINING_FAILED(4),
  /** Another process holds the output. */
  FOLDER_IN_USE(5),
  /** Stopped by Ctrl-C, with a checkpoint to go on from; 128 + 2 by the shell's convention. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
