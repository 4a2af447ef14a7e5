package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of README and docs, run one after another in one folder as a reader would, with
 * synthetic raw files in place of the real ones and less of everything.
 */
@Tag("slow")
class DocumentedCommandsTest {

  /** fetch needs the network; the others, longer, have tests of their own. */
  private static final Set<String> NOT_RUN_HERE =
      Set.of("fetch", "demo", "benchmark", "sweep", "report", "best");

  private static final Set<String> NAMING_FILES =
      Set.of("--to", "--input", "--data", "--output", "--tensorboard", "--model", "--png");

  /** Small, and given last so that they count. */
  private static final List<String> SMALL_TRAINING =
      List.of(
          "--set", "network.hidden=[8]",
          "--set", "training.epochs=1",
          "--set", "training.limit=60",
          "--set", "evaluation.limit=20");

  @TempDir static Path folder;

  @ParameterizedTest
  @MethodSource("commands")
  void doesWhatTheDocumentationSays(String shown) throws IOException {
    List<String> words = inFolder(named(DocumentedLines.words(shown)));
    String command = words.get(0);
    if (command.equals("prepare")) {
      generateMissing(words.get(1), words.get(words.indexOf("--input") + 1));
    } else if (command.equals("generate")) {
      words.set(words.indexOf("--samples") + 1, "80");
    } else if (command.equals("train")) {
      words.addAll(SMALL_TRAINING);
    }

    CommandRun run = CommandRun.onTwoCores(words.toArray(String[]::new));

    assertThat(run.exitCode()).as(words + run.err()).isZero();
    assertThat(run.out()).isNotBlank();
    assertEverythingNamedExists(words);
  }

  static List<String> commands() throws IOException {
    List<String> run =
        DocumentedLines.calls().stream()
            .filter(shown -> !NOT_RUN_HERE.contains(DocumentedLines.words(shown).get(0)))
            .filter(shown -> !shown.contains("--master spark://"))
            .toList();
    assertThat(run).hasSizeGreaterThan(12);
    return run;
  }

  /** With the name of the run in its places, which is done before words are taken for paths. */
  private static List<String> named(List<String> shown) {
    List<String> words = new ArrayList<>(List.of(RunId.applied(shown.toArray(String[]::new))));
    words.removeIf(word -> word.startsWith(RunId.OPTION));
    return words;
  }

  /** The reader's folder for the test's, and configurations where they are. */
  private static List<String> inFolder(List<String> shown) {
    List<String> words = new ArrayList<>(shown);
    for (int word = 1; word < words.size(); word++) {
      String before = words.get(word - 1);
      boolean inspected = before.equals("inspect");
      if (NAMING_FILES.contains(before) || inspected) {
        words.set(word, folder.resolve(words.get(word)).toString());
      } else if (before.equals("--config")) {
        words.set(word, DocumentedLines.ROOT.resolve(words.get(word)).toString());
      }
    }
    return words;
  }

  private static void generateMissing(String task, String raw) {
    if (!Files.exists(Path.of(raw))) {
      String samples = task.equals("mnist") ? "80" : task.equals("nettalk") ? "60" : "22";
      CommandRun run = CommandRun.of("generate", task, "--to", raw, "--samples", samples);
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
  }

  private static void assertEverythingNamedExists(List<String> words) {
    if (words.contains("--show-config")) {
      return;
    }
    for (int word = 1; word < words.size(); word++) {
      if (NAMING_FILES.contains(words.get(word - 1))) {
        assertThat(Path.of(words.get(word))).exists();
      }
    }
  }
}
