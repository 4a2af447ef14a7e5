package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How transcripts look, and those of the page. */
class TranscriptTest {

  @TempDir Path folder;

  @Test
  void showsWhatWasTypedAndSaidWithoutThisMachinesFolders() throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "a\n" + block("") + "b\n");
    Transcript transcript = new Transcript("some way");
    transcript.name(folder + "/", "");
    String progress = "epoch 1 of 2\repoch 2 of 2: done\n\n";
    String lines =
        IntStream.range(0, 20).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining());
    transcript.add("", List.of("bin/sbp", "--set=a b", folder + "/run"), new Run(0, progress));
    transcript.note("a host is cut off");
    transcript.add("client", List.of("long"), new Run(130, lines));

    transcript.keepIn(page);

    String text =
        """
        ```text
        $ bin/sbp '--set=a b' run
        epoch 2 of 2: done
        # a host is cut off
        client$ long
        line 0
        line 1
        line 2
        [13 more lines]
        line 16
        line 17
        line 18
        line 19
        [exit code 130]
        ```
        """;
    assertThat(page).hasContent("a\n" + block(text) + "b\n");
    transcript.keepIn(page);
    assertThat(page).as("again").hasContent("a\n" + block(text) + "b\n");
  }

  @Test
  void thePageHasAllOfThemAndNothingOfTheMachineTheyRanOn() throws IOException {
    Matcher blocks =
        Pattern.compile(
                "<!-- transcript of (.*?): begin -->\n\n(.*?)\n<!-- transcript of \\1: end -->",
                Pattern.DOTALL)
            .matcher(Files.readString(Transcript.PAGE));
    int found = 0;
    while (blocks.find()) {
      assertThat(blocks.group(2))
          .as(blocks.group(1))
          .startsWith("```text\n")
          .doesNotContain("/tmp/junit", "/work/main");
      found++;
    }
    assertThat(found).isEqualTo(5);
  }

  private static String block(String text) {
    return "<!-- transcript of some way: begin -->\n\n"
        + text
        + "\n<!-- transcript of some way: end -->\n";
  }
}
