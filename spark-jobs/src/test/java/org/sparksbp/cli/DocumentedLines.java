package org.sparksbp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the pages of the documentation tell a user to type. */
final class DocumentedLines {

  static final Path ROOT = Path.of("..");

  private DocumentedLines() {}

  /** Lines of shell blocks that call the program: the README's first, then page by page. */
  static List<String> calls() throws IOException {
    List<String> calls = new ArrayList<>();
    for (Path page : pages()) {
      calls.addAll(inShellBlocks(Files.readAllLines(page)));
    }
    return calls;
  }

  /** The README, then the pages of the documentation, and what a contributor reads. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String folder : List.of("docs", "docs/study")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    pages.add(ROOT.resolve("CHANGELOG.md"));
    return pages;
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

  /** The arguments of a call. */
  static List<String> words(String call) {
    return List.of(call.replaceFirst("^(bin/)?sbp ", "").split(" +"));
  }
}
