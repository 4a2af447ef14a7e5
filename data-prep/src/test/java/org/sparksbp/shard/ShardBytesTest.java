package org.sparksbp.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.task.Split;

/**
 * Executors are processes of their own, and what a hash table of enum constants is ordered by
 * differs between processes. The Java machines started here make their identity hashes in three
 * different ways.
 */
class ShardBytesTest {

  @TempDir Path folder;

  @Test
  void bytesAreTheSameFromProcessesWithOtherIdentityHashes() throws Exception {
    byte[] counting = writtenBy("-XX:hashCode=3", "counting.parquet");
    byte[] random = writtenBy("-XX:hashCode=0", "random.parquet");
    byte[] usual = writtenBy("-XX:hashCode=5", "usual.parquet");
    assertThat(random).isEqualTo(counting);
    assertThat(usual).isEqualTo(counting);
  }

  private byte[] writtenBy(String hashing, String name) throws Exception {
    Path shard = folder.resolve(name);
    Path log = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UnlockExperimentalVMOptions", hashing));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ShardBytesTest.class.getName(), shard.toUri().toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(log)).isZero();
    return Files.readAllBytes(shard);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Writes a shard; runs in a process of its own. */
  public static void main(String[] arguments) throws IOException {
    try (ShardWriter writer =
        new ShardWriter(
            new Configuration(), new org.apache.hadoop.fs.Path(arguments[0]), Split.TRAIN)) {
      for (int row = 0; row < 200; row++) {
        SpikeTrain train = SpikeTrain.of(4, new int[][] {{0, row % 3 + 1}, {}, {1}});
        writer.write(new Sample("s/" + row, train, new float[] {1, row % 2}, row % 2, "g"));
      }
    }
  }
}
