package org.sparksbp.dataset;

import java.util.List;
import org.sparksbp.dvsgesture.DvsGestureTask;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.mnist.EmnistTask;
import org.sparksbp.mnist.FashionMnistTask;
import org.sparksbp.mnist.ImagesTask;
import org.sparksbp.mnist.KmnistTask;
import org.sparksbp.mnist.MnistTask;
import org.sparksbp.mnist.QmnistTask;
import org.sparksbp.nettalk.NettalkTask;
import org.sparksbp.nmnist.NmnistTask;
import org.sparksbp.task.Task;

/** The tasks by name. */
public final class Tasks {

  private static final List<Task> ALL =
      List.of(
          new MnistTask(),
          new NettalkTask(),
          new DvsGestureTask(),
          new NmnistTask(),
          new FashionMnistTask(),
          new KmnistTask(),
          new EmnistTask(),
          new QmnistTask(),
          new ImagesTask());

  private Tasks() {}

  /** All tasks. */
  public static List<Task> all() {
    return ALL;
  }

  /**
   * The task of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static Task named(String name) {
    return ALL.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid task: "
                        + CheckedSettings.mustBeOneOf(
                            name, ALL.stream().map(Task::name).toList())));
  }
}
