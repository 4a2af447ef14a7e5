package org.sparksbp.cli;

import org.sparksbp.task.Task;
import picocli.CommandLine.Parameters;

/** The data set that a command works on. */
class TaskArgument {

  @Parameters(
      paramLabel = "TASK",
      converter = TaskConverter.class,
      completionCandidates = TaskConverter.Names.class,
      description = "${COMPLETION-CANDIDATES}")
  Task task;
}
