package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoticeTest {

  private static final Path HOME = Path.of("target/spark-sbp");

  /** Group, artifact and version, on a line of their own. */
  private static final Pattern LIBRARY = Pattern.compile("(?m)^[\\w.-]+:([\\w.-]+):([\\w.-]+)$");

  /** What a jar of natives has behind its version. */
  private static final Pattern PLATFORM = Pattern.compile("(-natives)?-linux(-[\\w-]+)?$");

  @Test
  void noticeNamesTheLibrariesOfTheApplicationAndNoOthers() throws IOException {
    String notice = Files.readString(HOME.resolve("NOTICE"));

    SortedSet<String> named =
        LIBRARY
            .matcher(notice)
            .results()
            .map(library -> library.group(1) + "-" + library.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named)
        .as("NOTICE, written anew by: mvn -B package -DskipTests -Dnotice")
        .isEqualTo(carried());
  }

  @Test
  void everyLibraryHasItsLicence() throws IOException {
    String notice = Files.readString(HOME.resolve("NOTICE"));

    List<String> libraries = notice.lines().dropWhile(line -> !isLibrary(line)).toList();

    for (int line = 0; line < libraries.size(); line++) {
      if (isLibrary(libraries.get(line))) {
        assertThat(libraries.get(line + 1)).as(libraries.get(line)).matches(" {4}\\w.*");
      }
    }
    assertThat(notice).doesNotContainIgnoringCase("unknown license");
  }

  private static boolean isLibrary(String line) {
    return LIBRARY.matcher(line).matches();
  }

  private static SortedSet<String> carried() throws IOException {
    try (Stream<Path> jars = Files.list(HOME.resolve("app"))) {
      return jars.filter(jar -> !isOfThisProject(jar))
          .map(jar -> jar.getFileName().toString().replaceFirst("\\.jar$", ""))
          .map(jar -> PLATFORM.matcher(jar).replaceFirst(""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean isOfThisProject(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream()
          .anyMatch(entry -> entry.getName().startsWith("META-INF/maven/org.sparksbp/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
