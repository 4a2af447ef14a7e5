package org.sparksbp.task;

import java.util.List;
import org.sparksbp.learner.CheckedSettings;

/**
 * An option that one task's preparation has beside those of all tasks: a choice among names, or a
 * whole number. Its standard value is in the task's {@link Task#defaults defaults}.
 *
 * @param key under which {@link PrepareSettings#options} and the manifest have it: {@code wordSet}
 * @param name under which the command line has it, without hyphens in front: {@code word-set}
 * @param placeholder of its value in help texts: {@code SET}
 * @param description for help texts
 * @param choices the names it may be; none if it is a number
 */
public record TaskOption(
    String key, String name, String placeholder, String description, List<String> choices) {

  public TaskOption {
    choices = List.copyOf(choices);
  }

  /**
   * The option's value as a user has written it, names in any case.
   *
   * @throws IllegalArgumentException if it is neither one of the choices nor, without choices, a
   *     whole number of at least 0
   */
  public Object parse(String written) {
    if (choices.isEmpty()) {
      return number(written);
    }
    return choices.stream()
        .filter(written::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(() -> notOneOf(name, written, choices));
  }

  /**
   * Checks a value of {@link PrepareSettings#options}.
   *
   * @throws IllegalArgumentException if it cannot be one of this option
   */
  void check(Object value) {
    if (!parse(value.toString()).equals(value)) {
      throw notOneOf(name, value.toString(), choices);
    }
  }

  private int number(String written) {
    try {
      int value = Integer.parseInt(written);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as a negative number is.
    }
    throw new IllegalArgumentException(
        "Invalid " + name + ": " + written + ", must be a whole number of at least 0");
  }

  static IllegalArgumentException notOneOf(String name, String given, List<String> known) {
    return new IllegalArgumentException(
        "Invalid " + name + ": " + CheckedSettings.mustBeOneOf(given, known));
  }
}
