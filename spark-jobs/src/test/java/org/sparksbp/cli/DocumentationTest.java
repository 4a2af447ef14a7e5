package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparksbp.config.RunConfiguration;
import picocli.CommandLine;

/** What the documentation shows must work. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @MethodSource("shownCommands")
  void everyShownCommandIsOneThatTheProgramTakes(String shown) {
    String[] words = shown.replaceFirst("^(bin/)?sbp ", "").split(" +");

    CommandLine.ParseResult parsed = Sbp.commandLine().parseArgs(words);

    assertThat(parsed.subcommand()).as(shown).isNotNull();
  }

  @Test
  void shownSettingsAndFilesAreKnown() throws IOException {
    for (String shown : shownCommands().toList()) {
      List<String> words = List.of(shown.split(" +"));
      RunConfiguration.Builder builder = RunConfiguration.builder();
      for (int word = 0; word + 1 < words.size(); word++) {
        if (words.get(word).equals("--set")) {
          builder.set(words.get(word + 1));
        } else if (words.get(word).equals("--config")) {
          builder.file(ROOT.resolve(words.get(word + 1)).toFile());
        }
      }
      assertThat(builder.build().config().hasPath("training.epochs")).as(shown).isTrue();
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
    List<String> shown = new ArrayList<>();
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    for (Path page : pages) {
      shown.addAll(inShellBlocks(Files.readAllLines(page)));
    }
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

  private static List<String> inShellBlocks(List<String> lines) {
    List<String> commands = new ArrayList<>();
    boolean inBlock = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        inBlock = line.equals("```sh");
      } else if (inBlock && line.matches("(bin/)?sbp .*")) {
        commands.add(line.replaceFirst(" [|>].*", ""));
      }
    }
    return commands;
  }
}
