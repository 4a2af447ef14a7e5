package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparksbp.config.RunConfiguration;
import picocli.CommandLine;

/** What the documentation shows is known to the program. */
class DocumentationTest {

  private static final Path ROOT = DocumentedLines.ROOT;

  @ParameterizedTest
  @MethodSource("shownCommands")
  void everyShownCommandIsOneThatTheProgramTakes(String shown) {
    String[] words = DocumentedLines.words(shown).toArray(String[]::new);

    CommandLine.ParseResult parsed = Sbp.commandLine().parseArgs(words);

    assertThat(parsed.subcommand()).as(shown).isNotNull();
  }

  @Test
  void shownSettingsAndFilesAreKnown() throws IOException {
    Set<String> written = new HashSet<>();
    for (String shown : shownCommands().toList()) {
      List<String> words = List.of(shown.split(" +"));
      RunConfiguration.Builder builder = RunConfiguration.builder();
      for (int word = 0; word + 1 < words.size(); word++) {
        if (words.get(word).equals("--set")) {
          builder.set(words.get(word + 1));
        } else if (words.get(word).equals("--compare")) {
          written.add(words.get(word + 1));
        } else if (words.get(word).equals("--config") && !written.contains(words.get(word + 1))) {
          builder.file(ROOT.resolve(words.get(word + 1)).toFile());
        }
      }
      assertThat(builder.build().config().hasPath("training.epochs")).as(shown).isTrue();
    }
  }

  @Test
  void tablesOfMeasurementsAreThoseOfTheirFiles() throws IOException {
    Pattern taken =
        Pattern.compile("<!-- (\\S+): begin -->\\n(.*?)<!-- \\1: end -->", Pattern.DOTALL);
    List<String> files = new ArrayList<>();
    for (Path page : DocumentedLines.pages()) {
      Matcher table = taken.matcher(Files.readString(page));
      while (table.find()) {
        String file = Files.readString(page.resolveSibling(table.group(1)));
        assertThat(table.group(2).strip()).as(page + ": " + table.group(1)).isEqualTo(file.strip());
        files.add(table.group(1));
      }
    }
    assertThat(files).contains("report/tables/study.md", "performance/benchmark.md");
  }

  @Test
  void linkedFilesAndPicturesAreThere() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    for (Path page : DocumentedLines.pages()) {
      Matcher links = link.matcher(Files.readString(page));
      while (links.find()) {
        assertThat(page.resolveSibling(links.group(1))).as(page.toString()).exists();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shippedConfigurations")
  void everyShippedConfigurationIsValid(Path file) {
    RunConfiguration run = RunConfiguration.builder().file(file.toFile()).build();

    String model = run.config().getString("model");
    org.sparksbp.learner.ModelType.named(model).check(run.config());
    assertThat(file.getFileName().toString()).startsWith(run.config().getString("task"));
  }

  static Stream<Path> shippedConfigurations() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("conf", "conf/study")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".conf")).sorted().forEach(found::add);
      }
    }
    return found.stream();
  }

  /** Lines of shell blocks that call the program, and the examples of its own help. */
  static Stream<String> shownCommands() throws IOException {
    List<String> shown = new ArrayList<>(DocumentedLines.calls());
    for (CommandLine command : Sbp.commandLine().getSubcommands().values()) {
      for (String line : command.getCommandSpec().usageMessage().footer()) {
        if (line.startsWith("  sbp ")) {
          shown.add(line.strip());
        }
      }
    }
    assertThat(shown).hasSizeGreaterThan(20);
    return shown.stream();
  }
}
