package org.sparksbp.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparksbp.hostile.FuzzTarget.Scratch;

/**
 * Damaged and made-up inputs for all that reads. More of them than the build tries: {@code
 * -Dfuzz.inputs=1000000}, from another one on: {@code -Dfuzz.first=1000000}, of some targets:
 * {@code -Dfuzz.targets=AEDAT|BS2}.
 */
class HostileInputTest {

  private static final long INPUTS = Long.getLong("fuzz.inputs", 1_000);
  private static final String TARGETS = System.getProperty("fuzz.targets", ".*");
  private static final long FIRST = Long.getLong("fuzz.first", 0);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whatIsDamagedIsRefusedWithAMessageInBoundedMemory(FuzzTarget target) throws IOException {
    assumeTrue(target.name().matches(TARGETS), "not asked for");
    Path place = Files.isWritable(Path.of("/dev/shm")) ? shared() : folder;
    Scratch scratch = new Scratch(new Configuration(), place);
    for (byte[] seed : target.seeds()) {
      target.read(seed, scratch);
    }
    Map<String, String> faults = new TreeMap<>();
    int number = 0;
    for (byte[] input : target.found()) {
      examine(target, input, scratch, "found " + number++, faults);
    }
    Mutations mutations = new Mutations(target.seeds());
    for (long index = FIRST; index < FIRST + INPUTS / target.cost(); index++) {
      examine(target, mutations.of(index), scratch, Long.toString(index), faults);
    }

    assertThat(faults).as(target + " has faults by the inputs with these numbers").isEmpty();
  }

  private Path shared() throws IOException {
    Path place = Files.createTempDirectory(Path.of("/dev/shm"), "sbp-fuzz");
    place.toFile().deleteOnExit();
    return place;
  }

  private static void examine(
      FuzzTarget target, byte[] input, Scratch scratch, String name, Map<String, String> faults)
      throws IOException {
    Examination examined = Examination.of(target, input, scratch);
    String fault = examined.fault();
    Throwable thrown = examined.thrown();
    if (!fault.isEmpty() && faults.putIfAbsent(fault, name) == null) {
      Path kept = Files.createDirectories(Path.of("target/hostile"));
      Files.write(kept.resolve(target.name().toLowerCase(Locale.ROOT) + "-" + name), input);
      if (thrown != null) {
        Files.writeString(
            kept.resolve(target.name().toLowerCase(Locale.ROOT) + "-" + name + ".txt"),
            thrown + "\n\t" + Arrays.toString(thrown.getStackTrace()).replace(", ", "\n\t"));
      }
    }
  }
}
