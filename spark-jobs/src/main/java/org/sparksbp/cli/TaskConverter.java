package org.sparksbp.cli;

import java.util.Iterator;
import java.util.List;
import org.sparksbp.mnist.MnistTask;
import org.sparksbp.nettalk.NettalkTask;
import org.sparksbp.task.InvalidInputException;
import org.sparksbp.task.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The tasks by their names. */
final class TaskConverter implements ITypeConverter<Task> {

  private static final List<Task> TASKS = List.of(new MnistTask(), new NettalkTask());

  @Override
  public Task convert(String name) {
    return TASKS.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException("there is no task " + name + ", known are " + names()));
  }

  /** The task of a data set. */
  static Task task(String name) throws InvalidInputException {
    return TASKS.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "Invalid data set: it is of the task "
                        + name
                        + ", this version knows "
                        + names()));
  }

  static List<String> names() {
    return TASKS.stream().map(Task::name).toList();
  }

  /** For help and completion. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }
}
