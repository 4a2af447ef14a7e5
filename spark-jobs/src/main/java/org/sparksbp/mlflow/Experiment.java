package org.sparksbp.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.http.RequestFailedException;

/**
 * Runs of an experiment of the server's. Everything here can be tried again after a failure: what
 * was told is not told twice.
 */
public final class Experiment {

  /** The tag by which a run is found again. */
  static final String IDENTITY = "sbp.identity";

  private static final int METRICS_AT_ONCE = 1000;
  private static final int PARAMETERS_AT_ONCE = 100;
  private static final int RUNS_AT_ONCE = 1000;
  private static final int LONGEST_NAME = 250;
  private static final int LONGEST_TAG = 5000;

  /** Of a parameter's value, and of that on servers before 2.9 or so. */
  private static final int[] LONGEST_VALUES = {6000, 500, 250};

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final TrackingServer server;
  private final String name;
  private String id;

  /** An experiment, which is created if the server has none of the name. */
  public Experiment(TrackingServer server, String name) {
    this.server = server;
    this.name = name;
  }

  TrackingServer server() {
    return server;
  }

  private String id() throws RequestFailedException {
    if (id == null) {
      Optional<String> there = find();
      if (there.isEmpty()) {
        try {
          server.post("experiments/create", JSON.objectNode().put("name", name));
        } catch (RequestFailedException e) {
          if (e.mayPass() || find().isEmpty()) { // or another process was faster
            throw e;
          }
        }
        there = find();
      }
      id = there.orElseThrow();
    }
    return id;
  }

  private Optional<String> find() throws RequestFailedException {
    try {
      JsonNode found = server.get("experiments/get-by-name", Map.of("experiment_name", name));
      return Optional.of(found.path("experiment").path("experiment_id").asText());
    } catch (RequestFailedException e) {
      if (e.body().contains("RESOURCE_DOES_NOT_EXIST")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The newest run of an identity. */
  Optional<RemoteRun> run(String identity) throws RequestFailedException {
    return runs(IDENTITY, identity).stream().findFirst();
  }

  /** All runs that have a tag, the newest first. */
  List<RemoteRun> runs(String tag, String value) throws RequestFailedException {
    List<RemoteRun> runs = new ArrayList<>();
    String page = "";
    do {
      ObjectNode search = JSON.objectNode();
      search.putArray("experiment_ids").add(id());
      search.put("filter", "tags.\"" + tag + "\" = '" + value + "'");
      search.put("run_view_type", "ACTIVE_ONLY");
      search.put("max_results", RUNS_AT_ONCE);
      search.putArray("order_by").add("attributes.start_time DESC");
      if (!page.isEmpty()) {
        search.put("page_token", page);
      }
      JsonNode found = server.post("runs/search", search);
      found.path("runs").forEach(run -> runs.add(new RemoteRun(run)));
      page = found.path("next_page_token").asText("");
    } while (!page.isEmpty());
    return runs;
  }

  /** Makes a run that the server does not have. */
  RemoteRun create(RunContent content) throws RequestFailedException {
    ObjectNode run = JSON.objectNode();
    run.put("experiment_id", id());
    run.put("user_id", System.getProperty("user.name", ""));
    run.put("run_name", content.name());
    run.put("start_time", content.started());
    SortedMap<String, String> tags = new TreeMap<>(content.tags());
    tags.put(IDENTITY, content.identity());
    tags.put("mlflow.runName", content.name());
    run.set("tags", pairs(tags, LONGEST_TAG));
    return new RemoteRun(server.post("runs/create", run).path("run"));
  }

  /** Sends what the server has not of a run. */
  void complete(RemoteRun run, RunContent content) throws RequestFailedException {
    if (content.status() == RunContent.Status.RUNNING) {
      settle(run, content);
    }
    sendTags(run, content.tags());
    sendParameters(run, content.parameters());
    sendMetrics(run, content.steps());
    settle(run, content);
  }

  private void sendTags(RemoteRun run, SortedMap<String, String> tags)
      throws RequestFailedException {
    SortedMap<String, String> missing = new TreeMap<>(tags);
    missing.entrySet().removeIf(tag -> run.hasTag(tag.getKey(), tag.getValue()));
    if (!missing.isEmpty()) {
      server.post("runs/log-batch", batch(run).set("tags", pairs(missing, LONGEST_TAG)));
      run.has(Map.of(), missing);
    }
  }

  /** Those that the server has cannot be changed there. */
  private void sendParameters(RemoteRun run, SortedMap<String, String> parameters)
      throws RequestFailedException {
    SortedMap<String, String> some = new TreeMap<>();
    for (Map.Entry<String, String> one : parameters.entrySet()) {
      String key = keyOf(one.getKey());
      if (!run.hasParameter(key)) {
        some.put(key, one.getValue());
      }
      if (some.size() == PARAMETERS_AT_ONCE) {
        sendSome(run, some);
        some.clear();
      }
    }
    if (!some.isEmpty()) {
      sendSome(run, some);
    }
  }

  /** Cut to what the server takes, which it does not say. */
  private void sendSome(RemoteRun run, SortedMap<String, String> parameters)
      throws RequestFailedException {
    int longest = parameters.values().stream().mapToInt(String::length).max().orElse(0);
    for (int most : LONGEST_VALUES) {
      try {
        server.post("runs/log-batch", batch(run).set("params", pairs(parameters, most)));
        run.has(parameters, Map.of());
        return;
      } catch (RequestFailedException e) {
        boolean last = most == LONGEST_VALUES[LONGEST_VALUES.length - 1];
        int next = LONGEST_VALUES[LONGEST_VALUES.length - 1];
        if (e.status() != 400 || last || longest <= next) {
          throw e;
        }
      }
    }
  }

  /** A step is never divided, so that the last one that the server has is whole. */
  private void sendMetrics(RemoteRun run, List<RunContent.Step> steps)
      throws RequestFailedException {
    ArrayNode some = JSON.arrayNode();
    long last = run.lastStep();
    for (RunContent.Step step : steps) {
      if (step.number() <= run.lastStep()) {
        continue;
      }
      List<ObjectNode> metrics = step.toJson();
      if (some.size() + metrics.size() > METRICS_AT_ONCE) {
        sendSome(run, some, last);
        some = JSON.arrayNode();
      }
      some.addAll(metrics);
      last = step.number();
    }
    if (!some.isEmpty()) {
      sendSome(run, some, last);
    }
  }

  private void sendSome(RemoteRun run, ArrayNode metrics, long last) throws RequestFailedException {
    server.post("runs/log-batch", batch(run).set("metrics", metrics));
    run.hasStep(last);
  }

  private void settle(RemoteRun run, RunContent content) throws RequestFailedException {
    if (!run.isIn(content.status())) {
      ObjectNode update = batch(run).put("status", content.status().name());
      if (content.ended() > 0) {
        update.put("end_time", content.ended());
      }
      server.post("runs/update", update);
      run.is(content.status());
    }
  }

  private static ObjectNode batch(RemoteRun run) {
    return JSON.objectNode().put("run_id", run.id());
  }

  private static ArrayNode pairs(Map<String, String> all, int longest) {
    ArrayNode pairs = JSON.arrayNode();
    all.forEach(
        (key, value) -> {
          String cut = value.length() > longest ? value.substring(0, longest) : value;
          pairs.addObject().put("key", key).put("value", cut);
        });
    return pairs;
  }

  /** Letters, digits and few signs are all that a name may have. */
  private static String keyOf(String name) {
    String key = name.replaceAll("[^\\w. /-]", "_");
    return key.length() > LONGEST_NAME ? key.substring(0, LONGEST_NAME) : key;
  }
}
