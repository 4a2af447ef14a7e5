package org.sparksbp.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.sparksbp.hostile.FuzzTarget.Scratch;

/**
 * A target as Jazzer drives it, led by the branches that inputs reach: {@code -Dfuzz.target=AEDAT}.
 * Inputs come from Jazzer, so there is nothing of it here.
 */
public final class CoverageFuzz {

  private static final FuzzTarget TARGET =
      FuzzTarget.valueOf(System.getProperty("fuzz.target", FuzzTarget.AEDAT.name()));
  private static final Scratch SCRATCH = scratch();

  private CoverageFuzz() {}

  /** Reads an input; what is thrown here is a fault. */
  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    Examination examined = Examination.of(TARGET, input, SCRATCH);
    if (!examined.fault().isEmpty()) {
      // Classes that were loaded meanwhile took memory for their instrumentation.
      examined = Examination.of(TARGET, input, SCRATCH);
    }
    if (!examined.fault().isEmpty()) {
      throw new AssertionError(examined.fault(), examined.thrown());
    }
  }

  /** Writes the inputs that a target takes, and those that faults were found by, into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int number = 0;
    for (byte[] seed : TARGET.seeds()) {
      Files.write(folder.resolve("seed-" + number++), seed);
    }
    for (byte[] found : TARGET.found()) {
      Files.write(folder.resolve("found-" + number++), found);
    }
  }

  private static Scratch scratch() {
    try {
      Path shared = Path.of("/dev/shm");
      String name = "sbp-" + TARGET.name().toLowerCase(Locale.ROOT);
      Path place =
          Files.isWritable(shared)
              ? Files.createTempDirectory(shared, name)
              : Files.createTempDirectory(name);
      place.toFile().deleteOnExit();
      Scratch scratch = new Scratch(new Configuration(), place);
      // Loads, so instruments, most classes before the time of inputs is taken.
      for (byte[] seed : TARGET.seeds()) {
        TARGET.read(seed, scratch);
      }
      return scratch;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
