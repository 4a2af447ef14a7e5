package org.sparksbp.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableDocumentationTest {

  static List<TableSchema<?>> tables() {
    return List.of(
        TrialRow.TABLE,
        EpochRow.TABLE,
        ComparisonRow.TABLE,
        TrialTimesRow.TABLE,
        EpochTimesRow.TABLE);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void documentedColumnsAreThoseOfTheSchema(TableSchema<?> table) throws IOException {
    String document = Files.readString(Path.of("../docs/sweeps.md"));
    Matcher item =
        Pattern.compile("(?s)\n- `" + table.name() + "`: (.*?)(?=\n- |\n\n)").matcher(document);
    assertThat(item.find()).as("columns of %s in docs/sweeps.md", table.name()).isTrue();

    List<String> documented =
        Pattern.compile("`([^`]+)`")
            .matcher(item.group(1))
            .results()
            .map((MatchResult column) -> column.group(1))
            .toList();
    assertThat(documented).isEqualTo(table.parts().stream().map(Object::toString).toList());
  }
}
