package org.sparksbp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A configuration that is shipped, with what its head says of its use.
 *
 * @param file the configuration
 * @param prepare words of the {@code prepare} command, from the task on
 * @param variants for each run that the head names the settings it adds; first the file's own, none
 */
record StudyRun(Path file, List<String> prepare, List<List<String>> variants) {

  private static final Path CONFIGURATIONS = Path.of("..", "conf");

  static List<StudyRun> all() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(CONFIGURATIONS)) {
      files = found.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
    List<StudyRun> runs = new ArrayList<>();
    for (Path file : files) {
      runs.add(of(file));
    }
    return runs;
  }

  private static StudyRun of(Path file) throws IOException {
    List<String> prepare = List.of();
    List<List<String>> variants = new ArrayList<>(List.of(List.of()));
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#   sbp prepare ")) {
        prepare = List.of(line.replaceFirst("#   sbp prepare ", "").split(" "));
      } else if (line.startsWith("#   --set ")) {
        variants.add(settings(line));
      }
    }
    return new StudyRun(file, prepare, variants);
  }

  /** The assignments up to the explanation, which stands behind several spaces. */
  private static List<String> settings(String line) {
    String options = line.substring("#   ".length()).split(" {2,}")[0];
    return Stream.of(options.split("--set ")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  String task() {
    return prepare.get(0);
  }

  /** The {@code prepare} command as the program understands it. */
  PrepareCommand prepareCommand() {
    List<String> words = new ArrayList<>(List.of("prepare"));
    words.addAll(prepare);
    CommandLine.ParseResult parsed = Sbp.commandLine().parseArgs(words.toArray(String[]::new));
    return (PrepareCommand) parsed.subcommand().commandSpec().userObject();
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
