package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The discovery script of GPUs with made-up tools of their makers on its path. */
class DiscoveryScriptTest {

  private static final Path SCRIPT = Path.of("../deploy/gpu/discover.sh").toAbsolutePath();
  private static final List<String> TOOLS = List.of("bash", "sed", "grep", "wc", "env");

  @TempDir Path folder;
  private Path path;
  private Path nodes;

  /** What the script has found, or said. */
  private record Found(int exitCode, String out, String err) {
    List<String> addresses() {
      ResourceInformation information = ResourceInformation.parseJson(out);
      assertThat(information.name()).isEqualTo("gpu");
      return List.of(information.addresses());
    }
  }

  @BeforeEach
  void onlyPlainTools() throws IOException {
    path = Files.createDirectory(folder.resolve("bin"));
    nodes = Files.createDirectory(folder.resolve("nodes"));
    for (String tool : TOOLS) {
      Path installed =
          List.of("/usr/bin", "/bin").stream()
              .map(place -> Path.of(place, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(path.resolve(tool), installed);
    }
  }

  @Test
  void cardsOfNvidiaAreNumberedAsSparkReadsThem() throws Exception {
    nvidia("0, GPU-aa11", "1, GPU-bb22", "2, GPU-cc33");

    assertThat(discover(Map.of()).addresses()).containsExactly("0", "1", "2");
  }

  /** Programs number those that they see from 0, up to the first entry that is none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2            | 1
          2,0          | 2
          GPU-bb22     | 1
          GPU-b,GPU-aa | 2
          0,7,1        | 1
          MIG-1a2b     | 1
          """)
  void onlyVisibleCardsCount(String visible, int cards) throws Exception {
    nvidia("0, GPU-aa11", "1, GPU-bb22", "2, GPU-cc33");

    List<String> found = discover(Map.of("CUDA_VISIBLE_DEVICES", visible)).addresses();

    assertThat(found).isEqualTo(List.of("0", "1").subList(0, cards));
  }

  @ParameterizedTest
  @CsvSource({
    "CUDA_VISIBLE_DEVICES, ''",
    "CUDA_VISIBLE_DEVICES, -1",
    "NVIDIA_VISIBLE_DEVICES, void"
  })
  void hiddenCardsAreNone(String variable, String value) throws Exception {
    nvidia("0, GPU-aa11");

    Found found = discover(Map.of(variable, value));

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.err()).contains(variable);
  }

  @Test
  void cardsOfAmdComeFromRocm() throws Exception {
    tool(
        "rocm-smi",
        "========== Unique ID ==========",
        "GPU[0]\t\t: Unique ID: 0x1a2b3c4d5e6f7788",
        "GPU[1]\t\t: Unique ID: 0x8877665544332211",
        "===============================");

    assertThat(discover(Map.of()).addresses()).containsExactly("0", "1");
    assertThat(discover(Map.of("ROCR_VISIBLE_DEVICES", "1")).addresses()).containsExactly("0");
    assertThat(discover(Map.of("ROCR_VISIBLE_DEVICES", "GPU-8877665544332211")).addresses())
        .containsExactly("0");
  }

  @Test
  void withoutToolsTheKernelKnowsTheCardsOfAmd() throws Exception {
    node("0", "cpu_cores_count 16\nsimd_count 0\ndrm_render_minor 0\n");
    node("1", "cpu_cores_count 0\nsimd_count 256\nunique_id 4711\ndrm_render_minor 128\n");

    assertThat(discover(Map.of()).addresses()).containsExactly("0");
  }

  @Test
  void aDriverThatDoesNotAnswerIsToldAndAmdIsLookedFor() throws Exception {
    Files.writeString(
        path.resolve("nvidia-smi"),
        "#!/usr/bin/env bash\necho 'NVIDIA-SMI has failed: no driver'\nexit 9\n");
    path.resolve("nvidia-smi").toFile().setExecutable(true);

    Found none = discover(Map.of());
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("NVIDIA-SMI has failed: no driver");

    node("0", "simd_count 8\ndrm_render_minor 128\n");
    assertThat(discover(Map.of()).addresses()).containsExactly("0");
  }

  @Test
  void aMachineWithoutCardsEndsWithOneLineThatSaysWhatWasLookedFor() throws Exception {
    Found found = discover(Map.of());

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out()).isEmpty();
    assertThat(found.err().lines())
        .containsExactly(
            "discover.sh: no graphics card found: no nvidia-smi on the path; no rocm-smi on the"
                + " path; no AMD card known to the kernel");
  }

  private void nvidia(String... lines) throws IOException {
    tool("nvidia-smi", lines);
  }

  private void tool(String name, String... lines) throws IOException {
    Path tool = path.resolve(name);
    Files.writeString(
        tool, "#!/usr/bin/env bash\nprintf '%s\\n' '" + String.join("' '", lines) + "'\n");
    tool.toFile().setExecutable(true);
  }

  private void node(String number, String properties) throws IOException {
    Path node = Files.createDirectories(nodes.resolve(number));
    Files.writeString(node.resolve("properties"), properties);
  }

  private Found discover(Map<String, String> environment) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(path.resolve("bash").toString(), SCRIPT.toString());
    builder.environment().clear();
    builder.environment().put("PATH", path.toString());
    builder.environment().put("SBP_KFD_NODES", nodes.toString());
    builder.environment().putAll(environment);
    int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Found(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
