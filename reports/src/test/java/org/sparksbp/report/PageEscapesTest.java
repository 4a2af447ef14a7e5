package org.sparksbp.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.mustachejava.DefaultMustacheFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in results of others are text in a page, whatever they are. */
class PageEscapesTest {

  private static final String NAME = "<script>alert('x')</script>\"&";

  @Test
  void aCellsNameIsText() {
    StringWriter html = new StringWriter();
    Map<String, Object> cell = Map.of("shown", NAME, "numeric", false, "long", true);
    new DefaultMustacheFactory("org/sparksbp/report")
        .compile("table.mustache")
        .execute(
            html,
            Map.of(
                "titles",
                List.of(NAME),
                "rows",
                List.of(Map.of("cells", List.of(cell))),
                "more",
                NAME,
                "file",
                NAME));

    assertThat(html.toString())
        .doesNotContain("<script>", "\"&\"")
        .contains("&lt;script&gt;")
        .containsPattern("href=\"tables/[^\"<>]*\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.mustache", "table.mustache", "figure.mustache"})
  void noTemplateLeavesAValueAsItIs(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(template)
          .contains("{{")
          .doesNotContain("{{{")
          .doesNotContainPattern("\\{\\{\\s*&");
    }
  }
}
