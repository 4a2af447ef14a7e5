package org.sparksbp.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.task.Task;

/**
 * Parts of help texts that tell of all tasks, for descriptions such as <code>${bundle:...}</code>.
 */
final class TaskTexts extends ListResourceBundle {

  @Override
  protected Object[][] getContents() {
    List<Task> tasks = Tasks.all();
    return new Object[][] {
      {"task.splits", splits(tasks)},
      {"task.bad-records", badRecords(tasks)},
      {"task.synthetic-units", syntheticUnits(tasks)}
    };
  }

  private static String splits(List<Task> tasks) {
    Map<List<String>, List<String>> names = new LinkedHashMap<>();
    for (Task task : tasks) {
      names.computeIfAbsent(task.splits(), splits -> new ArrayList<>()).add(task.name());
    }
    return names.entrySet().stream()
        .map(entry -> listed(entry.getValue(), " and ") + ": " + listed(entry.getKey(), " or "))
        .collect(Collectors.joining("; "));
  }

  private static String badRecords(List<Task> tasks) {
    Map<Integer, List<String>> names = new LinkedHashMap<>();
    for (Task task : tasks) {
      names
          .computeIfAbsent(task.defaults().maxBadRecords(), allowed -> new ArrayList<>())
          .add(task.name());
    }
    return names.entrySet().stream()
        .map(entry -> entry.getKey() + " for " + listed(entry.getValue(), " and "))
        .collect(Collectors.joining(", "));
  }

  private static String syntheticUnits(List<Task> tasks) {
    String units =
        listed(
            tasks.stream().map(task -> task.syntheticUnits() + " (" + task.name() + ")").toList(),
            " or ");
    return units.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + units.substring(1);
  }

  private static String listed(List<String> words, String last) {
    int size = words.size();
    return size < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, size - 1)) + last + words.get(size - 1);
  }
}
