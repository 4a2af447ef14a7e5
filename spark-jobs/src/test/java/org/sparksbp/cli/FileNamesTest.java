package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNamesTest {

  @Test
  void lettersThatTheLocaleHasLostAreTold() {
    String[] fine = {"train", "--output", "K\u00f6ln"};
    assertThat(FileNames.undecodable(fine, "/home/zo\u00eb")).isEmpty();
    assertThat(FileNames.undecodable(new String[] {"--output", "K\uFFFD\uFFFDln"}, "/home"))
        .hasValueSatisfying(
            said -> assertThat(said).contains("an argument, 'K??ln'", "LC_ALL=C.UTF-8"));
    assertThat(FileNames.undecodable(fine, "/home/zo\uFFFD\uFFFD"))
        .hasValueSatisfying(said -> assertThat(said).contains("the working directory"));
  }
}
