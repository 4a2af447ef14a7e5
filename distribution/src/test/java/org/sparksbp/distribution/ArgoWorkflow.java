package org.sparksbp.distribution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of Argo the manifests use: templates with parameters, graphs of tasks by what they depend
 * on, one task an item, conditions. Gives the commands of the pods in order.
 */
final class ArgoWorkflow {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^}]+)\\}\\}");

  private final Map<String, JsonNode> templates = new TreeMap<>();
  private final Map<String, String> globals;
  private final Map<String, String> overrides;

  /**
   * Templates by name.
   *
   * @param globals values of {@code workflow....}
   * @param overrides values of inputs of the template {@code sweeps}, in place of its own
   */
  ArgoWorkflow(
      List<JsonNode> documents, Map<String, String> globals, Map<String, String> overrides) {
    this.globals = globals;
    this.overrides = overrides;
    for (JsonNode document : documents) {
      JsonNode spec = document.has("workflowSpec") ? document : document.path("spec");
      JsonNode own = spec.has("workflowSpec") ? spec.path("workflowSpec") : spec;
      own.path("templates").forEach(each -> templates.put(each.path("name").asText(), each));
    }
  }

  JsonNode template(String name) {
    return templates.get(name);
  }

  /** The commands that the pods of a template run. */
  List<List<String>> commands(String template, Map<String, String> arguments)
      throws JsonProcessingException {
    JsonNode found = templates.get(template);
    Map<String, String> variables = new TreeMap<>(globals);
    for (JsonNode input : found.at("/inputs/parameters")) {
      String name = input.path("name").asText();
      String value = arguments.getOrDefault(name, input.path("value").asText(null));
      value = template.equals("sweeps") ? overrides.getOrDefault(name, value) : value;
      if (value == null) {
        throw new IllegalArgumentException(template + " is given no " + name);
      }
      variables.put("inputs.parameters." + name, value);
    }
    for (String given : arguments.keySet()) {
      if (!variables.containsKey("inputs.parameters." + given)) {
        throw new IllegalArgumentException(template + " has no input " + given);
      }
    }
    return found.has("dag") ? ofGraph(found, variables) : List.of(ofPod(found, variables));
  }

  private static List<String> ofPod(JsonNode template, Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    template.at("/container/command").forEach(word -> words.add(filled(word, variables)));
    template.at("/container/args").forEach(word -> words.add(filled(word, variables)));
    return words;
  }

  private List<List<String>> ofGraph(JsonNode template, Map<String, String> variables)
      throws JsonProcessingException {
    Map<String, JsonNode> left = new LinkedHashMap<>();
    template.at("/dag/tasks").forEach(task -> left.put(task.path("name").asText(), task));
    List<List<String>> commands = new ArrayList<>();
    while (!left.isEmpty()) {
      JsonNode next =
          left.values().stream()
              .filter(task -> dependencies(task).stream().noneMatch(left::containsKey))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("tasks wait for each other"));
      left.remove(next.path("name").asText());
      if (isWanted(next, variables)) {
        commands.addAll(ofTask(next, variables));
      }
    }
    return commands;
  }

  private List<List<String>> ofTask(JsonNode task, Map<String, String> variables)
      throws JsonProcessingException {
    List<JsonNode> items = new ArrayList<>();
    if (task.has("withParam")) {
      JSON.readTree(filled(task.path("withParam"), variables)).forEach(items::add);
    } else {
      items.add(JSON.createObjectNode());
    }
    String template =
        task.has("templateRef")
            ? task.at("/templateRef/template").asText()
            : task.path("template").asText();
    List<List<String>> commands = new ArrayList<>();
    for (JsonNode item : items) {
      Map<String, String> known = new TreeMap<>(variables);
      item.fields().forEachRemaining(e -> known.put("item." + e.getKey(), e.getValue().asText()));
      Map<String, String> arguments = new TreeMap<>();
      task.at("/arguments/parameters")
          .forEach(
              each -> arguments.put(each.path("name").asText(), filled(each.path("value"), known)));
      commands.addAll(commands(template, arguments));
    }
    return commands;
  }

  private static List<String> dependencies(JsonNode task) {
    String depends = task.path("depends").asText();
    return depends.isEmpty() ? List.of() : List.of(depends.split(" && "));
  }

  private static boolean isWanted(JsonNode task, Map<String, String> variables) {
    if (!task.has("when")) {
      return true;
    }
    String[] sides = filled(task.path("when"), variables).split(" == ", 2);
    return sides[0].equals(sides[1]);
  }

  private static String filled(JsonNode text, Map<String, String> variables) {
    Matcher variable = VARIABLE.matcher(text.asText());
    return variable.replaceAll(
        found -> {
          String value = variables.get(found.group(1));
          if (value == null) {
            throw new IllegalArgumentException(
                found.group(1) + " is unknown among " + String.join(", ", variables.keySet()));
          }
          return Matcher.quoteReplacement(value);
        });
  }

  /** Exit codes that a template's pods are not tried again after. */
  List<Integer> inVain(String template) {
    String expression = templates.get(template).at("/retryStrategy/expression").asText();
    Matcher codes =
        Pattern.compile("!\\(asInt\\(lastRetry\\.exitCode\\) in \\[([\\d, ]+)\\]\\)")
            .matcher(expression);
    if (!codes.matches()) {
      throw new IllegalArgumentException("not understood here: " + expression);
    }
    return List.of(codes.group(1).split(", ")).stream()
        .map(Integer::valueOf)
        .collect(Collectors.toList());
  }
}
