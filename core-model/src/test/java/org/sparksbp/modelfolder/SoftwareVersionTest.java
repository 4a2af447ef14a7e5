package org.sparksbp.modelfolder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftwareVersionTest {

  @Test
  void aSnapshotNamesItsCommitSoThatChangedCodeIsAnotherVersion() {
    assertThat(SoftwareVersion.of("0.1.0-SNAPSHOT", "0123456789ab", "cpu"))
        .isEqualTo("0.1.0-SNAPSHOT+0123456789ab");
    assertThat(SoftwareVersion.of("0.1.0-SNAPSHOT", "0123456789ab-dirty", "cpu"))
        .isEqualTo("0.1.0-SNAPSHOT+0123456789ab-dirty");
  }

  @Test
  void aReleaseIsTheSameWhereverItWasBuilt() {
    assertThat(SoftwareVersion.of("0.1.0", "0123456789ab", "cpu")).isEqualTo("0.1.0");
  }

  @Test
  void withoutARepositoryThereIsNoCommit() {
    for (String none : new String[] {"", "${git.commit}", "fatal: not a git repository"}) {
      assertThat(SoftwareVersion.of("0.1.0-SNAPSHOT", none, "cpu")).isEqualTo("0.1.0-SNAPSHOT");
    }
  }

  @Test
  void anotherBackEndOfNd4jIsAnotherVersionForItRoundsDifferently() {
    assertThat(SoftwareVersion.of("0.1.0-SNAPSHOT", "0123456789ab", "cuda"))
        .isEqualTo("0.1.0-SNAPSHOT+0123456789ab.cuda");
    assertThat(SoftwareVersion.of("0.1.0", "0123456789ab", "cuda")).isEqualTo("0.1.0+cuda");
  }

  @Test
  void theBuildFilledItIn() {
    assertThat(SoftwareVersion.current()).matches("\\d+\\.\\d+\\.\\d+.*").doesNotContain("$");
  }
}
