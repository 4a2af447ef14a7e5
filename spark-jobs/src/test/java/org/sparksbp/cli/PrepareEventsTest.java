package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips of events as other libraries lay them out, from raw files to a model. */
class PrepareEventsTest {

  @TempDir Path folder;

  @Test
  void nMnistGoesFromRawFilesToAMeasuredModel() throws IOException {
    String raw = folder.resolve("raw").toString();
    String shards = folder.resolve("shards").toString();
    assertThat(CommandRun.of("generate", "nmnist", "--to", raw, "--samples", "70").exitCode())
        .isZero();

    CommandRun prepared =
        CommandRun.onTwoCores("prepare", "nmnist", "--input", raw, "--output", shards);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(prepared.result().get("trainSamples").asInt()).isEqualTo(180);
    assertThat(prepared.result().get("testSamples").asInt()).isEqualTo(30);
    assertThat(Files.readString(folder.resolve("shards/manifest.json")))
        .contains("\"synthetic\" : true", "Train/0");

    CommandRun trained =
        CommandRun.onTwoCores(
            "train",
            "--config",
            "../conf/nmnist.conf",
            "--data",
            shards,
            "--output",
            folder.resolve("run").toString(),
            "--set",
            "network.hidden=[10]",
            "--set",
            "training.epochs=1",
            "--set",
            "training.batch=20");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("clip-accuracy");
  }

  @Test
  void clipsOfSpikingJellyArePreparedAndOneThatLosesTooMuchIsNamed() throws IOException {
    Path raw = folder.resolve("events_np");
    npz(raw.resolve("train/0/user01_led_0.npz"), i -> i % 128);
    npz(raw.resolve("test/10/user29_led_0.npz"), i -> i % 128);
    String shards = folder.resolve("shards").toString();

    CommandRun prepared =
        CommandRun.onTwoCores(
            "prepare", "dvsgesture", "--input", raw.toString(), "--output", shards);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(prepared.result().get("trainSamples").asInt()).isEqualTo(100);
    assertThat(prepared.result().get("testSamples").asInt()).isEqualTo(100);

    npz(raw.resolve("train/3/user02_led_0.npz"), i -> i < 5 ? 128 : i % 128);
    CommandRun refused =
        CommandRun.onTwoCores(
            "prepare", "dvsgesture", "--input", raw.toString(), "--output", shards + "-2");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.err())
        .contains("train/3/user02_led_0.npz: 5 of 200 events (2.50 %)", "event 0: 5 events outside")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("shards-2/manifest.json")).doesNotExist();
  }

  /** Writes 200 events, a millisecond apart, as {@code numpy.savez_compressed} does. */
  private static void npz(Path file, IntUnaryOperator x) throws IOException {
    Map<String, IntUnaryOperator> columns =
        new TreeMap<>(Map.of("t", i -> 1000 * i, "x", x, "y", i -> 3, "p", i -> i % 2));
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, IntUnaryOperator> column : columns.entrySet()) {
        String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (200,), }\n";
        ByteBuffer array =
            ByteBuffer.allocate(10 + header.length() + 800).order(ByteOrder.LITTLE_ENDIAN);
        array.put((byte) 0x93).put("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII));
        array.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 200; i++) {
          array.putInt(column.getValue().applyAsInt(i));
        }
        zip.putNextEntry(new ZipEntry(column.getKey() + ".npy"));
        zip.write(array.array());
      }
    }
  }
}
