package org.sparksbp.snn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.ParameterLayout;

/**
 * Every case of the published implementation, batch after batch, on every compute path. The folder
 * with the cases is the system property {@code sbp.reference}, or else the shipped one.
 *
 * <p>Double precision must agree to 1e-9, absolutely or relatively. Single precision must agree to
 * 1e-4 of the larger of 1 and the array's largest expected element: elements near 0 are differences
 * of larger terms, so their own size says nothing about their rounding.
 */
class ReferenceConformanceTest {

  private static final double DOUBLE_TOLERANCE = 1e-9;
  private static final double SINGLE_TOLERANCE = 1e-4;

  static List<ReferenceCase> cases() {
    String directory = System.getProperty("sbp.reference", "");
    Path path = Path.of(directory.isEmpty() ? "src/test/resources/reference" : directory);
    // Maven runs tests in the module's folder, a user gives a path from the repository's.
    boolean fromRepository = !path.isAbsolute() && !Files.exists(path);
    return ReferenceCase.in(fromRepository ? Path.of("..").resolve(path) : path);
  }

  static Stream<Arguments> casesAndPrecisions() {
    return cases().stream()
        .flatMap(
            reference ->
                Stream.of(DataType.DOUBLE, DataType.FLOAT)
                    .map(type -> Arguments.of(reference, type)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("casesAndPrecisions")
  void nd4jPathReproducesThePublishedImplementation(ReferenceCase reference, DataType type) {
    Nd4jNetwork path = new Nd4jNetwork(reference.network(), type);
    int matrices = reference.network().matrices();
    for (int l = 0; l < matrices; l++) {
      path.setLayer(l, reference.initialWeights(l), new double[reference.network().sizes()[l + 1]]);
    }
    Recorder recorder = new Recorder(matrices);
    path.observe(recorder);
    double tolerance = type == DataType.DOUBLE ? DOUBLE_TOLERANCE : SINGLE_TOLERANCE;
    for (int batch = 0; batch < reference.batches(); batch++) {
      path.learn(
          new StepInput(matrix(reference, reference.input(batch), type)),
          matrix(reference, reference.target(batch), type),
          new BatchPosition(1, reference.epoch(), 0, batch));
      check(
          reference,
          batch,
          recorder,
          l -> Nd4jNetwork.doubles(path.weights(l)),
          l -> Nd4jNetwork.doubles(path.biases(l)),
          tolerance);
    }
  }

  static Stream<Arguments> casesAndKernels() {
    return cases().stream()
        .flatMap(
            reference ->
                TestKernels.available().stream().map(kernels -> Arguments.of(reference, kernels)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("casesAndKernels")
  void arrayPathReproducesThePublishedImplementation(ReferenceCase reference, Kernels kernels) {
    ArrayNetwork path = new ArrayNetwork(reference.network(), kernels);
    ParameterLayout layout = reference.network().layout();
    int matrices = reference.network().matrices();
    float[] parameters = new float[layout.size()];
    for (int l = 0; l < matrices; l++) {
      float[] weights = floats(reference.initialWeights(l));
      System.arraycopy(weights, 0, parameters, layout.blocks().get(l).offset(), weights.length);
    }
    path.setParameters(parameters);
    Recorder recorder = new Recorder(matrices);
    path.observe(recorder);
    for (int batch = 0; batch < reference.batches(); batch++) {
      path.learn(
          reference.batchSize(),
          floats(reference.input(batch)),
          floats(reference.target(batch)),
          new BatchPosition(1, reference.epoch(), 0, batch));
      float[] learned = path.parameters();
      check(
          reference,
          batch,
          recorder,
          l -> block(learned, layout.blocks().get(l)),
          l -> block(learned, layout.blocks().get(matrices + l - 1)),
          SINGLE_TOLERANCE);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] block(float[] parameters, ParameterLayout.Block block) {
    double[] values = new double[block.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[block.offset() + i];
    }
    return values;
  }

  private static INDArray matrix(ReferenceCase reference, double[] values, DataType type) {
    int rows = reference.batchSize();
    return Nd4j.createFromArray(values).reshape(rows, values.length / rows).castTo(type);
  }

  private static void check(
      ReferenceCase reference,
      int batch,
      Recorder recorder,
      IntFunction<double[]> weights,
      IntFunction<double[]> biases,
      double tolerance) {
    int matrices = reference.network().matrices();
    for (int l = 1; l <= matrices; l++) {
      compare(reference, batch, "membrane", l - 1, recorder.membrane[l], tolerance);
      compare(
          reference,
          batch,
          "activity_after_spiking",
          l - 1,
          recorder.activities.get(Phase.SPIKING)[l],
          tolerance);
      compare(
          reference,
          batch,
          "activity_after_homeostasis",
          l - 1,
          recorder.activities.get(Phase.HOMEOSTATIC)[l],
          tolerance);
      compare(
          reference,
          batch,
          "activity_clamped",
          l - 1,
          recorder.activities.get(Phase.CLAMPED)[l],
          tolerance);
      compare(reference, batch, "biases", l - 1, biases.apply(l), tolerance);
      compare(reference, batch, "weights", l - 1, weights.apply(l - 1), tolerance);
    }
  }

  private static void compare(
      ReferenceCase reference,
      int batch,
      String key,
      int index,
      double[] actual,
      double tolerance) {
    double[] expected = reference.expected(batch, key, index);
    assertThat(actual)
        .as("%s, batch %s, %s[%s]", reference, batch, key, index)
        .hasSameSizeAs(expected);
    double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
    for (int i = 0; i < expected.length; i++) {
      double bound =
          tolerance == DOUBLE_TOLERANCE
              ? tolerance * Math.max(1, Math.abs(expected[i]))
              : tolerance * scale;
      assertThat(Math.abs(actual[i] - expected[i]))
          .as(
              "%s, batch %s, %s[%s] element %s: %s, expected %s",
              reference, batch, key, index, i, actual[i], expected[i])
          .isLessThanOrEqualTo(bound);
    }
  }

  /** Keeps what a network had after each phase of the last batch. */
  private static final class Recorder implements PhaseObserver {
    private final double[][] membrane;
    private final Map<Phase, double[][]> activities = new EnumMap<>(Phase.class);

    Recorder(int matrices) {
      membrane = new double[matrices + 1][];
      for (Phase phase : Phase.values()) {
        activities.put(phase, new double[matrices + 1][]);
      }
    }

    @Override
    public void ended(
        Phase phase, IntFunction<double[]> potentials, IntFunction<double[]> activity) {
      for (int l = 1; l < membrane.length; l++) {
        if (phase == Phase.SPIKING) {
          membrane[l] = potentials.apply(l);
        }
        activities.get(phase)[l] = activity.apply(l);
      }
    }
  }
}
