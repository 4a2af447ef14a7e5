package org.sparksbp.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for an MLflow tracking server, which cannot be had here: the calls of its REST API that
 * are used, over HTTP on this machine. Where a true server ignores fields that it does not know,
 * this one refuses them, as it does wrong types, missing fields, and more than the documented
 * limits.
 */
public final class MlflowStub implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FILTER = Pattern.compile("tags\\.\"([\\w.]+)\" = '([^']*)'");

  private final int port;
  private HttpServer server;
  private String authorization;
  private String artifactRoot = "mlflow-artifacts:/0";
  private int longestValue = 6000;
  private int page = 1000;

  private final Map<String, String> experiments = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<JsonNode> hooks = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();

  /** A run that the server has. */
  public static final class Run {
    String id;
    String experiment;
    String name;
    String status = "RUNNING";
    long start;
    long end;
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, String> params = new TreeMap<>();

    /** By metric: every value that was logged, as step and value. */
    final Map<String, List<Map.Entry<Long, Double>>> metrics = new TreeMap<>();

    public String id() {
      return id;
    }

    public String name() {
      return name;
    }

    public String status() {
      return status;
    }

    public Map<String, String> tags() {
      return tags;
    }

    public Map<String, String> params() {
      return params;
    }

    /** Values of a metric by step; fails where a step has two. */
    public Map<Long, Double> metric(String key) {
      Map<Long, Double> values = new TreeMap<>();
      for (Map.Entry<Long, Double> one : metrics.getOrDefault(key, List.of())) {
        if (values.put(one.getKey(), one.getValue()) != null) {
          throw new AssertionError(key + " has step " + one.getKey() + " twice");
        }
      }
      return values;
    }
  }

  /** What a call is refused for. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int status;
    final String code;

    Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  /** A server that is there. */
  public MlflowStub() throws IOException {
    listen(0);
    port = server.getAddress().getPort();
  }

  private void listen(int wanted) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Goes away, with all that it has kept. */
  public void leave() {
    server.stop(0);
  }

  /** Is back. */
  public void comeBack() throws IOException {
    listen(port);
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Wants this of every request from now on. */
  public void want(String authorizationHeader) {
    authorization = authorizationHeader;
  }

  /** Has the files of runs lie below an address. */
  public void keepFilesIn(String root) {
    artifactRoot = root;
  }

  /** Takes no longer values of parameters. */
  public void limitValues(int characters) {
    longestValue = characters;
  }

  /** Gives no more runs at once. */
  public void limitPages(int runsAtOnce) {
    page = runsAtOnce;
  }

  public List<Run> runs() {
    return List.copyOf(runs.values());
  }

  public Set<String> experimentNames() {
    return Set.copyOf(experiments.values());
  }

  /** What was handed over, by path. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** What was posted elsewhere than to the API. */
  public List<JsonNode> hooks() {
    return hooks;
  }

  /** Calls that were answered or refused, without the addresses before them. */
  public List<String> calls() {
    return calls;
  }

  /** What calls were refused for. */
  public List<String> refusals() {
    return refusals;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] answer;
      int status = 200;
      try {
        answer = JSON.writeValueAsBytes(called(exchange, body));
      } catch (Refused e) {
        status = e.status;
        refusals.add(e.code + ": " + e.getMessage());
        answer =
            JSON.writeValueAsBytes(
                JSON.createObjectNode().put("error_code", e.code).put("message", e.getMessage()));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private JsonNode called(HttpExchange exchange, byte[] body) throws IOException {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    String path = exchange.getRequestURI().getPath();
    String call = exchange.getRequestMethod() + " " + path.replaceFirst("^/api/2.0/", "");
    calls.add(call);
    if (authorization != null && !authorization.equals(given)) {
      throw new Refused(401, "UNAUTHENTICATED", "You are not authenticated");
    }
    if (call.startsWith("PUT mlflow-artifacts/artifacts/")) {
      files.put(call.replaceFirst("PUT mlflow-artifacts/artifacts/", ""), body);
      return JSON.createObjectNode();
    }
    if (call.equals("GET mlflow/experiments/get-by-name")) {
      return experiment(query(exchange.getRequestURI().getRawQuery()));
    }
    if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      throw invalid("no JSON");
    }
    JsonNode json = JSON.readTree(body);
    if (!path.startsWith("/api/")) {
      hooks.add(json);
      return JSON.createObjectNode();
    }
    return switch (call) {
      case "POST mlflow/experiments/create" -> createExperiment(json);
      case "POST mlflow/runs/create" -> createRun(json);
      case "POST mlflow/runs/update" -> update(json);
      case "POST mlflow/runs/search" -> search(json);
      case "POST mlflow/runs/log-batch" -> logBatch(json);
      default -> throw new Refused(404, "ENDPOINT_NOT_FOUND", "no such call: " + call);
    };
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String one : raw.split("&")) {
      String[] pair = one.split("=", 2);
      query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static Refused invalid(String message) {
    return new Refused(400, "INVALID_PARAMETER_VALUE", message);
  }

  /** A field is written as NAME:TYPE, one that must be there as NAME:TYPE!. */
  private static void check(JsonNode json, String... fields) {
    Map<String, String> types = new TreeMap<>();
    for (String field : fields) {
      String[] parts = field.replace("!", "").split(":");
      types.put(parts[0], parts[1]);
      if (field.endsWith("!") && json.path(parts[0]).isMissingNode()) {
        throw invalid("Missing value for required parameter '" + parts[0] + "'");
      }
    }
    json.fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              boolean fits =
                  switch (types.getOrDefault(field.getKey(), "unknown")) {
                    case "text" -> value.isTextual();
                    case "whole" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "list" -> value.isArray();
                    default -> throw invalid("unknown field " + field.getKey());
                  };
              if (!fits) {
                throw invalid("wrong type of " + field.getKey() + ": " + value);
              }
            });
  }

  private static void checkKey(String key) {
    if (!key.matches("[\\w. /-]{1,250}")) {
      throw invalid("Invalid name: '" + key + "'");
    }
  }

  private JsonNode experiment(Map<String, String> query) {
    if (!query.keySet().equals(Set.of("experiment_name"))) {
      throw invalid("fields are " + query.keySet());
    }
    for (Map.Entry<String, String> one : experiments.entrySet()) {
      if (one.getValue().equals(query.get("experiment_name"))) {
        ObjectNode found = JSON.createObjectNode();
        found
            .putObject("experiment")
            .put("experiment_id", one.getKey())
            .put("name", one.getValue());
        return found;
      }
    }
    throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment");
  }

  private JsonNode createExperiment(JsonNode json) {
    check(json, "name:text!", "artifact_location:text", "tags:list");
    if (experiments.containsValue(json.path("name").asText())) {
      throw new Refused(400, "RESOURCE_ALREADY_EXISTS", "Experiment already exists");
    }
    String id = String.valueOf(experiments.size() + 1);
    experiments.put(id, json.path("name").asText());
    return JSON.createObjectNode().put("experiment_id", id);
  }

  private JsonNode createRun(JsonNode json) {
    check(
        json,
        "experiment_id:text!",
        "user_id:text",
        "run_name:text",
        "start_time:whole",
        "tags:list");
    Run run = new Run();
    run.id = String.format(Locale.ROOT, "%032x", runs.size() + 1);
    run.experiment = json.path("experiment_id").asText();
    if (!experiments.containsKey(run.experiment)) {
      throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "No such experiment");
    }
    run.name = json.path("run_name").asText();
    run.start = json.path("start_time").asLong();
    tags(run, json.path("tags"));
    if (!run.name.equals(run.tags.get("mlflow.runName"))) {
      throw invalid("Both 'run_name' argument and 'mlflow.runName' tag are specified, but differ");
    }
    runs.put(run.id, run);
    ObjectNode created = JSON.createObjectNode();
    created.set("run", described(run));
    return created;
  }

  private static void tags(Run run, JsonNode tags) {
    for (JsonNode tag : tags) {
      check(tag, "key:text!", "value:text!");
      checkKey(tag.path("key").asText());
      if (tag.path("value").asText().length() > 5000) {
        throw invalid("Tag value is too long");
      }
      run.tags.put(tag.path("key").asText(), tag.path("value").asText());
    }
  }

  private Run run(JsonNode json) {
    Run run = runs.get(json.path("run_id").asText());
    if (run == null) {
      throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "Run not found");
    }
    return run;
  }

  private JsonNode update(JsonNode json) {
    check(json, "run_id:text!", "status:text", "end_time:whole", "run_name:text");
    Run run = run(json);
    String status = json.path("status").asText(run.status);
    if (!Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED").contains(status)) {
      throw invalid("no status: " + status);
    }
    run.status = status;
    run.end = json.path("end_time").asLong(run.end);
    return JSON.createObjectNode();
  }

  private JsonNode search(JsonNode json) {
    check(
        json,
        "experiment_ids:list!",
        "filter:text",
        "run_view_type:text",
        "max_results:whole",
        "order_by:list",
        "page_token:text");
    Matcher filter = FILTER.matcher(json.path("filter").asText());
    if (!filter.matches()) {
      throw invalid("Invalid filter: " + json.path("filter"));
    }
    if (json.path("max_results").asInt() > 50_000) {
      throw invalid("max_results is too large");
    }
    List<Run> found = new ArrayList<>();
    Set<String> wanted = new TreeSet<>();
    json.path("experiment_ids").forEach(id -> wanted.add(id.asText()));
    for (Run run : runs.values()) {
      if (wanted.contains(run.experiment)
          && filter.group(2).equals(run.tags.get(filter.group(1)))) {
        found.add(0, run);
      }
    }
    int from = json.path("page_token").asInt();
    int to = Math.min(found.size(), from + Math.min(page, json.path("max_results").asInt(1000)));
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("runs");
    found.subList(from, to).forEach(run -> list.add(described(run)));
    if (to < found.size()) {
      answer.put("next_page_token", String.valueOf(to));
    }
    return answer;
  }

  private JsonNode logBatch(JsonNode json) {
    check(json, "run_id:text!", "metrics:list", "params:list", "tags:list");
    Run run = run(json);
    int metrics = json.path("metrics").size();
    int params = json.path("params").size();
    int tags = json.path("tags").size();
    if (metrics > 1000 || params > 100 || tags > 100 || metrics + params + tags > 1000) {
      throw invalid("A batch logging request can contain at most ...");
    }
    for (JsonNode param : json.path("params")) {
      check(param, "key:text!", "value:text!");
      String key = param.path("key").asText();
      String value = param.path("value").asText();
      checkKey(key);
      if (value.length() > longestValue) {
        throw invalid("Param value exceeds the maximum length");
      }
      String earlier = run.params.putIfAbsent(key, value);
      if (earlier != null && !earlier.equals(value)) {
        throw invalid("Changing param values is not allowed");
      }
    }
    tags(run, json.path("tags"));
    for (JsonNode metric : json.path("metrics")) {
      check(metric, "key:text!", "value:number!", "timestamp:whole!", "step:whole");
      checkKey(metric.path("key").asText());
      run.metrics
          .computeIfAbsent(metric.path("key").asText(), key -> new ArrayList<>())
          .add(Map.entry(metric.path("step").asLong(), metric.path("value").asDouble()));
    }
    return JSON.createObjectNode();
  }

  private JsonNode described(Run run) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("info")
        .put("run_id", run.id)
        .put("run_name", run.name)
        .put("experiment_id", run.experiment)
        .put("status", run.status)
        .put("start_time", run.start)
        .put("artifact_uri", artifactRoot + "/" + run.id + "/artifacts")
        .put("lifecycle_stage", "active");
    ObjectNode data = json.putObject("data");
    ArrayNode params = data.putArray("params");
    run.params.forEach((key, value) -> params.addObject().put("key", key).put("value", value));
    ArrayNode tags = data.putArray("tags");
    run.tags.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    ArrayNode metrics = data.putArray("metrics");
    run.metrics.forEach(
        (key, values) -> {
          Map.Entry<Long, Double> last =
              values.stream().max(Map.Entry.comparingByKey()).orElseThrow();
          metrics
              .addObject()
              .put("key", key)
              .put("value", last.getValue())
              .put("timestamp", run.start)
              .put("step", last.getKey());
        });
    return json;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
