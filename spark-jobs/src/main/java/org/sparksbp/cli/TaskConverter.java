package org.sparksbp.cli;

import java.util.Iterator;
import java.util.List;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The tasks by their names. */
final class TaskConverter implements ITypeConverter<Task> {

  @Override
  public Task convert(String name) {
    try {
      return Tasks.named(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("task " + CheckedSettings.mustBeOneOf(name, names()));
    }
  }

  /** The task of a data set. */
  static Task task(String name) throws InvalidInputException {
    try {
      return Tasks.named(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "Invalid data set: it is of the task " + name + ", this version knows " + names(), e);
    }
  }

  static List<String> names() {
    return Tasks.all().stream().map(Task::name).toList();
  }

  /** For help and completion. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }
}
