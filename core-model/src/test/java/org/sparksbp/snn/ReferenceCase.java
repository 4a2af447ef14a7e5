package org.sparksbp.snn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;
import org.sparksbp.plasticity.Normalisation;
import org.sparksbp.plasticity.PlasticityRule;
import org.sparksbp.plasticity.PlasticityRules;
import org.sparksbp.plasticity.PropagationConstants;
import org.sparksbp.plasticity.SpreadDirection;

/**
 * A run of the published implementation: its settings, inputs, and what it computed after every
 * batch. Keys that this class does not know are ignored.
 */
record ReferenceCase(String name, NetworkDefinition network, JsonNode json) {

  private static final Map<String, String> RULES =
      Map.of(
          "SBP", "sbp",
          "symmetricSTDP", "symmetric-stdp",
          "differentialSTDP", "differential-stdp",
          "postsynapticSTDP", "postsynaptic-stdp");

  /** All {@code *.json} files of a folder, by name. */
  static List<ReferenceCase> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "Invalid sbp.reference: " + directory.toAbsolutePath() + " is not a directory");
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<ReferenceCase> cases =
          files
              .filter(file -> file.getFileName().toString().endsWith(".json"))
              .sorted()
              .map(ReferenceCase::read)
              .toList();
      if (cases.isEmpty()) {
        throw new IllegalArgumentException(
            "Invalid sbp.reference: no .json file in " + directory.toAbsolutePath());
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ReferenceCase read(Path file) {
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readString(file));
      String name = json.path("name").asText(file.getFileName().toString());
      return new ReferenceCase(name, network(json), json);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("Invalid reference case " + file + ": " + e, e);
    }
  }

  private static PlasticityRule rule(String name, PropagationConstants propagation) {
    return PlasticityRules.all(propagation).stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static NetworkDefinition network(JsonNode json) {
    JsonNode options = json.path("options");
    int[] sizes = ints(json.get("sizes"));
    PropagationConstants propagation =
        new PropagationConstants(
            options.path("fraction").asDouble(0.2),
            options.path("propagation_range").asDouble(0.1),
            options.path("lamda_sp_pre").asDouble(1),
            options.path("lamda_sp_post").asDouble(0.5),
            options.path("lamda_sp_bp").asDouble(1),
            Normalisation.SUM,
            SpreadDirection.UP,
            0.3,
            false);
    String rule = json.get("rule").asText();
    List<Integer> hidden = new ArrayList<>();
    for (int l = 1; l + 1 < sizes.length; l++) {
      hidden.add(sizes[l]);
    }
    boolean dale = json.path("set_EI").asBoolean(false);
    SnnSettings settings =
        new SnnSettings(
            rule(RULES.getOrDefault(rule, rule), propagation),
            hidden,
            1,
            SnnSettings.State.CARRIED,
            SnnSettings.Input.RATE,
            true,
            membrane(options),
            new RelaxationConstants(
                options.path("epsilon").asDouble(0.5),
                options.path("beta").asDouble(0.5),
                options.path("n_it_neg").asInt(20),
                options.path("n_it_pos").asInt(5)),
            List.of(1.0),
            alpha(options.path("alpha")),
            noise(options.path("noise_type").asText("none")),
            dale ? 0.5 : 0,
            json.path("stp").asBoolean(false) ? Optional.of(filter(options)) : Optional.empty());
    return new NetworkDefinition(settings, sizes, inhibitory(json, sizes, dale));
  }

  /** The epoch that all of the case's batches belong to, from 1. */
  int epoch() {
    return json.path("options").path("epoch").asInt(1);
  }

  private static UpdateNoise noise(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "none" -> UpdateNoise.NONE;
      case "poisson" -> UpdateNoise.POISSON;
      default -> throw new IllegalArgumentException("noise " + name + " cannot be reproduced");
    };
  }

  private static List<Double> alpha(JsonNode node) {
    List<Double> alpha = new ArrayList<>();
    if (node.isMissingNode()) {
      alpha.addAll(List.of(0.1, 0.05));
    } else if (node.isArray()) {
      node.forEach(value -> alpha.add(value.asDouble()));
    } else {
      alpha.add(node.asDouble());
    }
    return alpha;
  }

  private static MembraneConstants membrane(JsonNode options) {
    return new MembraneConstants(
        options.path("T").asDouble(10),
        options.path("dt").asDouble(0.1),
        options.path("V_E").asDouble(0.2),
        options.path("V_I").asDouble(0.1),
        options.path("V_leak").asDouble(0),
        options.path("V_th").asDouble(0.05),
        options.path("reset").asDouble(-0.1),
        options.path("taum").asDouble(10),
        options.path("tau_syn_E").asDouble(2),
        options.path("g_leak_E").asDouble(5));
  }

  private static ShortTermPlasticity filter(JsonNode options) {
    return new ShortTermPlasticity(
        options.path("U").asDouble(0.45),
        options.path("tauf").asDouble(10),
        options.path("taud").asDouble(2),
        options.path("taus").asDouble(2));
  }

  private static boolean[][] inhibitory(JsonNode json, int[] sizes, boolean dale) {
    boolean[][] inhibitory = new boolean[sizes.length][];
    for (int l = 0; l < sizes.length; l++) {
      inhibitory[l] = new boolean[sizes[l]];
      for (int i = 0; dale && i < sizes[l]; i++) {
        inhibitory[l][i] = json.get("inhibitory").get(l).get(i).asInt() != 0;
      }
    }
    return inhibitory;
  }

  int batches() {
    return json.get("after_batch").size();
  }

  int batchSize() {
    return json.get("batch").asInt();
  }

  /** x of a batch, row by row. */
  double[] input(int batch) {
    return rows(json.get("x"), batch);
  }

  /** y of a batch, row by row. */
  double[] target(int batch) {
    return rows(json.get("y"), batch);
  }

  private double[] rows(JsonNode node, int batch) {
    List<Double> values = new ArrayList<>();
    for (int row = batch * batchSize(); row < (batch + 1) * batchSize(); row++) {
      addAll(node.get(row), values);
    }
    return array(values);
  }

  double[] initialWeights(int matrix) {
    return values(json.get("initial_weights").get(matrix));
  }

  /** What the published implementation had under a key after a batch. */
  double[] expected(int batch, String key, int index) {
    return values(json.get("after_batch").get(batch).get(key).get(index));
  }

  private static double[] values(JsonNode node) {
    List<Double> values = new ArrayList<>();
    addAll(node, values);
    return array(values);
  }

  private static void addAll(JsonNode node, List<Double> values) {
    if (node.isArray()) {
      node.forEach(element -> addAll(element, values));
    } else {
      values.add(node.asDouble());
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int[] ints(JsonNode node) {
    int[] values = new int[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asInt();
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }
}
