package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a test has typed and seen, for the documents: {@code docs/transcripts} holds it, and each
 * run of the test compares it with what it sees itself. {@code -Dtranscripts=write} writes it anew.
 */
final class Transcript {

  private static final Path FOLDER = Path.of("..", "docs", "transcripts");

  /** Differs from run to run: numbers, and the digits of identities and versions. */
  private static final Pattern CHANGING = Pattern.compile("[0-9a-f]{8,}|\\d+([.,:]\\d+)*");

  private final Path file;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * Begins one.
   *
   * @param name of its file, without a suffix
   */
  Transcript(String name) {
    this.file = FOLDER.resolve(name + ".md");
  }

  /** Shows a path of this machine, or what else is this run's own, under another name. */
  Transcript naming(Object own, String shown) {
    names.put(own.toString(), shown);
    return this;
  }

  /**
   * Adds a command and those lines of its output that a pattern is found in, in their order.
   *
   * @return the run, which has ended with 0
   */
  Run add(List<String> command, Run run, String shown) {
    assertThat(run.exitCode()).as(command + "\n" + run.output()).isZero();
    return ended(command, run, shown);
  }

  /** The same for a command that is to end with another exit code, which is shown. */
  Run ended(List<String> command, Run run, String shown) {
    lines.add("$ " + named(String.join(" ", command.stream().map(Transcript::quoted).toList())));
    Pattern pattern = Pattern.compile(shown);
    List<String> seen =
        run.output().lines().filter(line -> pattern.matcher(line).find()).map(this::named).toList();
    assertThat(seen).as("lines with " + shown + " of " + run.output()).isNotEmpty();
    lines.addAll(seen);
    if (run.exitCode() != 0) {
      lines.add("(exit code " + run.exitCode() + ")");
    }
    return run;
  }

  /** Compares with the document's, or writes it. */
  void check() throws IOException {
    String text = "```text\n" + String.join("\n", lines) + "\n```\n";
    if ("write".equals(System.getProperty("transcripts"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(steady(text))
        .as("what %s shows; written anew with -Dtranscripts=write", file)
        .isEqualTo(steady(Files.readString(file)));
  }

  private String named(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./{}\\[\\]-]+") ? word : "'" + word + "'";
  }

  private static String steady(String text) {
    return CHANGING.matcher(text).replaceAll("#");
  }
}
