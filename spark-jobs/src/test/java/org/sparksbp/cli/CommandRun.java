package org.sparksbp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * A command that has run in this process.
 *
 * @param exitCode what the shell would get
 * @param out its standard output
 * @param err its standard error stream
 */
record CommandRun(int exitCode, String out, String err) {

  /** Runs a command line as {@code sbp} would, on Spark with two local cores. */
  static CommandRun of(String... arguments) {
    return exactly(arguments);
  }

  /** The same with {@code --master local[2]}. */
  static CommandRun onTwoCores(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--master", "local[2]"));
    return exactly(all.toArray(String[]::new));
  }

  private static CommandRun exactly(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Sbp.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int code = Sbp.execute(commandLine, arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** The last line of the output, which is JSON. */
  JsonNode result() {
    List<String> lines = out.lines().toList();
    try {
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    } catch (JsonProcessingException e) {
      throw new AssertionError("the last line is no JSON: " + out, e);
    }
  }
}
