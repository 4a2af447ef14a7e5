package org.sparksbp.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What commands of a test were and what they said, as it stands in {@code docs/cluster.md}: taken
 * over into the page by {@code -Dtranscripts}, so that nobody types it.
 */
final class Transcript {

  static final Path PAGE = Path.of("../docs/cluster.md").toAbsolutePath();
  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  private static final Pattern LEFT_OUT =
      Pattern.compile("^WARNING: Using incubator|^Picked up JAVA_TOOL_OPTIONS|^\\s+at |^\\[");
  private static final Pattern LOSS = Pattern.compile("(?i)\\blost\\b|killed");

  private static final int WIDTH = 140;
  private static final int FIRST = 3;
  private static final int LAST = 4;

  private final String way;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * One without commands yet.
   *
   * @param way name of the page's block
   */
  Transcript(String way) {
    this.way = way;
    name(HOME + "/", "");
  }

  /** What is shown in the place of a text: folders of this machine have no business there. */
  void name(String text, String shown) {
    names.put(text, shown);
  }

  /**
   * A command, what it said, and its exit code where that is not 0.
   *
   * @param where the prompt: a host, or empty
   */
  void add(String where, List<String> command, Run run) {
    StringBuilder line = new StringBuilder(where + "$");
    for (String word : command) {
      String shown = named(word.matches("[\\w\\-./:=,+@%]+") ? word : "'" + word + "'");
      if (line.length() + shown.length() > WIDTH - 3) {
        lines.add(line + " \\");
        line = new StringBuilder("   ");
      }
      line.append(' ').append(shown);
    }
    lines.add(line.toString());
    said(run.output());
    if (run.exitCode() != 0) {
      lines.add("[exit code " + run.exitCode() + "]");
    }
  }

  /**
   * A text of a process: of a long one its beginning, its end, and what tells of a loss between
   * them. Lines that say the same as the one before are left out.
   */
  void said(String output) {
    List<String> said = new ArrayList<>();
    for (String text : output.split("\n")) {
      String line = cut(named(text.replaceFirst("^.*\r", "").stripTrailing()));
      if (!line.isEmpty() && !LEFT_OUT.matcher(line).find() && !line.equals(last(said))) {
        said.add(line);
      }
    }
    int left = 0;
    for (int number = 0; number < said.size(); number++) {
      String line = said.get(number);
      if (said.size() <= FIRST + LAST + 1
          || number < FIRST
          || number >= said.size() - LAST
          || LOSS.matcher(line).find()) {
        more(left);
        left = 0;
        lines.add(line);
      } else {
        left++;
      }
    }
  }

  private void more(int left) {
    if (left > 0) {
      lines.add("[" + left + " more lines]");
    }
  }

  private static String last(List<String> said) {
    return said.isEmpty() ? "" : said.get(said.size() - 1);
  }

  /** What the test did meanwhile. */
  void note(String event) {
    lines.add("# " + event);
  }

  /** Writes it into its block of the page, if that is wanted. */
  void keep() throws IOException {
    if (System.getProperty("transcripts") != null) {
      keepIn(PAGE);
    }
  }

  /** Writes it into its block of a page. */
  void keepIn(Path file) throws IOException {
    String begin = "<!-- transcript of " + way + ": begin -->\n";
    String page = Files.readString(file);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf("<!-- transcript of " + way + ": end -->", from);
    if (from < begin.length() || to < 0) {
      throw new AssertionError("no block of " + way + " in " + file);
    }
    String text = "\n```text\n" + String.join("\n", lines) + "\n```\n\n";
    Files.writeString(file, page.substring(0, from) + text + page.substring(to));
  }

  private String named(String text) {
    String shown = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      shown = shown.replace(name.getKey(), name.getValue());
    }
    return shown;
  }

  private static String cut(String text) {
    return text.length() > WIDTH ? text.substring(0, WIDTH - 3) + "..." : text;
  }
}
