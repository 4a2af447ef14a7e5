package org.sparksbp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/**
 * One run has one result on processors with vectors of any width: processes that are told to use
 * narrower ones than the machine has train all models to the same bits.
 */
class VectorWidthTest {

  @Test
  void modelsTrainedWithVectorsOfAnyWidthAreTheSameBits() throws Exception {
    List<String> widest = trained(64);
    List<String> middle = trained(32);
    List<String> narrow = trained(16);
    // The widest are as wide as this machine has them, if that is less.
    assertThat(middle.get(0)).isEqualTo("8 lanes");
    assertThat(narrow.get(0)).isEqualTo("4 lanes");
    assertThat(middle.subList(1, middle.size())).isEqualTo(widest.subList(1, widest.size()));
    assertThat(narrow.subList(1, narrow.size())).isEqualTo(widest.subList(1, widest.size()));
  }

  /** A process of its own, because a process keeps its width. */
  private static List<String> trained(int bytes) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:MaxVectorSize=" + bytes,
                "-cp",
                System.getProperty("java.class.path"),
                TrainAll.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output
        .lines()
        .filter(line -> line.startsWith("model") || line.endsWith("lanes"))
        .toList();
  }

  /** Started by the test. */
  static final class TrainAll {

    /** Sizes that fill no whole vector of any width. */
    private static final List<String> NETWORKS =
        List.of(
            "model = snn, rule = sbp, network.hidden = [77]",
            "model = snn, rule = sbp, network.hidden = [77, 101]",
            "model = snn, rule = sbp, network.hidden = [77], snn.sbp.match-norm = on",
            "model = snn, rule = symmetric-stdp, network.hidden = [77]",
            "model = rbm, rule = sbp, network.hidden = [77]",
            "model = rbm, rule = plain, network.hidden = [77, 101]",
            "model = spiking-mlp, rule = bp, network.hidden = [77]",
            "model = spiking-mlp, rule = sbp, network.hidden = [77, 101]",
            "model = spiking-mlp, rule = sbp, network.hidden = [77], spiking-mlp.energy-term = 0.1");

    private TrainAll() {}

    public static void main(String[] arguments) {
      System.out.println(VectorKernels.lanes() + " lanes");
      for (String network : NETWORKS) {
        System.out.println(network + ": " + Long.toHexString(trained(network)));
      }
    }

    private static long trained(String network) {
      Config configuration =
          ConfigFactory.parseString(
                  network + ", seed = 5, compute.kernels = vector, spiking-mlp.steps = 10")
              .withFallback(ConfigFactory.parseResources("reference.conf"))
              .resolve();
      CRC32C checksum = new CRC32C();
      try (Learner learner =
          ModelType.named(configuration.getString("model"))
              .create(configuration, new NetworkShape(150, 13, 10))) {
        for (int batch = 0; batch < 4; batch++) {
          Inference inference = learner.learn(samples(batch), new BatchPosition(5, 1, 0, batch));
          add(inference.outputs(), checksum);
        }
        add(learner.parameters(), checksum);
        add(learner.infer(samples(9)).outputs(), checksum);
      }
      return checksum.getValue();
    }

    private static SpikeBatch samples(int batch) {
      RandomStream random = RandomStream.of(batch, "widths");
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        SpikeTrain.Builder train = new SpikeTrain.Builder(10, 150);
        for (int step = 0; step < 10; step++) {
          for (int channel = 0; channel < 150; channel++) {
            if (random.nextDouble() < channel / 300.0) {
              train.add(step, channel);
            }
          }
        }
        float[] target = new float[13];
        target[i] = 1;
        samples.add(new Sample("sample-" + i, train.build(), target, i, "sample-" + i));
      }
      return new SpikeBatch(samples);
    }

    private static void add(float[] values, CRC32C checksum) {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
      bytes.asFloatBuffer().put(values);
      checksum.update(bytes);
    }
  }
}
