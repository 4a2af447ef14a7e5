package org.sparksbp.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.modelfolder.SoftwareVersion;

/**
 * What numbers were measured on.
 *
 * @param processor its name as the operating system has it
 * @param cores that were used
 * @param java version of the virtual machine
 * @param heapMegabytes largest heap of the virtual machine
 * @param kernels that are taken without a setting
 * @param software version of this software
 */
public record Machine(
    String processor, int cores, String java, long heapMegabytes, String kernels, String software) {

  private static final String PLAIN = "plain";
  private static final String VECTOR = "vector";
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  static Machine here(int cores) throws IOException {
    return new Machine(
        nameOfProcessor(),
        cores,
        Runtime.version().toString(),
        Runtime.getRuntime().maxMemory() / 1_000_000,
        chosenKernels(),
        SoftwareVersion.current());
  }

  /** Values of {@code compute.kernels} that this process can run, slowest first. */
  static List<String> availableKernels() {
    return KernelChoice.vectorAvailable() ? List.of(PLAIN, VECTOR) : List.of(PLAIN);
  }

  /** The kernels that a run without settings takes: targets are for these. */
  static String chosenKernels() {
    return KernelChoice.named("auto").name();
  }

  private static String nameOfProcessor() throws IOException {
    List<String> lines = Files.isReadable(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
