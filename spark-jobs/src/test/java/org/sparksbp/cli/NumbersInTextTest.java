package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparksbp.sweep.SweepFixture;

/**
 * Numbers in the documents' sentences are those of the tables beside them. One that is followed by
 * {@code <!-- = FILE[COLUMN=VALUE; ...].COLUMN * FACTOR -->} is that cell of that CSV file,
 * rounded.
 */
class NumbersInTextTest {

  private static final Pattern NUMBER =
      Pattern.compile(
          "([-+]?[\\d.]+)(?:\\s%)?<!-- = ([^\\[]+)\\[((?:[^\\[\\]]|\\[[^\\]]*\\])*)\\]\\.(\\S+)(?: \\* (\\S+))? -->");

  @Test
  void numbersInSentencesAreThoseOfTheTables() throws IOException {
    int checked = 0;
    int marked = 0;
    for (Path page : DocumentedLines.pages()) {
      String text = Files.readString(page);
      marked += text.split("(?<!`)<!-- = ", -1).length - 1;
      for (String wrong : wrong(page, text)) {
        assertThat(wrong).as(page.toString()).isEmpty();
        checked++;
      }
    }
    assertThat(checked).as("marks that are understood").isEqualTo(marked).isGreaterThan(3);
  }

  @Test
  void aNumberThatIsNotInItsTableIsFound(@org.junit.jupiter.api.io.TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("t.csv"), "arm,error\nwith,0.01234\nwithout,0.5\n");
    String mark = "<!-- = t.csv[arm=with].error * 100 -->";
    Path page = folder.resolve("page.md");

    assertThat(wrong(page, "It is 1.23 %" + mark + ".")).containsExactly("");
    assertThat(wrong(page, "It is 1.24 %" + mark + ".")).containsExactly("1.24 is 1.234 in t.csv");
    assertThat(wrong(page, "It is 1 %" + mark + ".")).containsExactly("");
    assertThat(wrong(page, "It is 2 %<!-- = t.csv[arm=none].error -->."))
        .containsExactly("0 rows of t.csv have arm=none");
  }

  /** What is wrong with each number that is marked; empty if nothing is. */
  private static List<String> wrong(Path page, String text) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      String file = number.group(2);
      List<Map<String, String>> rows =
          SweepFixture.rows(page.resolveSibling(file)).stream()
              .filter(row -> matches(row, number.group(3)))
              .toList();
      if (rows.size() != 1) {
        found.add(rows.size() + " rows of " + file + " have " + number.group(3));
        continue;
      }
      BigDecimal factor = new BigDecimal(number.group(5) == null ? "1" : number.group(5));
      BigDecimal value = new BigDecimal(rows.get(0).get(number.group(4))).multiply(factor);
      BigDecimal written = new BigDecimal(number.group(1));
      boolean same =
          value.setScale(written.scale(), RoundingMode.HALF_EVEN).compareTo(written) == 0;
      found.add(
          same
              ? ""
              : written + " is " + value.stripTrailingZeros().toPlainString() + " in " + file);
    }
    return found;
  }

  private static boolean matches(Map<String, String> row, String conditions) {
    return Stream.of(conditions.split("; "))
        .map(condition -> condition.split("=", 2))
        .allMatch(condition -> condition[1].equals(row.get(condition[0])));
  }
}
