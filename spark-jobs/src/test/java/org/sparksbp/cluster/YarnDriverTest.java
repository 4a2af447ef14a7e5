package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.Test;

class YarnDriverTest {

  @Test
  void isTheApplicationMasterOnlyWhereAllThatItSetsIsSet() {
    Properties set = new Properties();
    set.setProperty("spark.master", "yarn");
    set.setProperty("spark.submit.deployMode", "cluster");
    assertThat(YarnDriver.isDescribedBy(set)).isFalse();

    set.setProperty("spark.yarn.app.id", "application_1410901177871_0001");
    assertThat(YarnDriver.isDescribedBy(set)).isTrue();

    assertThat(YarnDriver.isDescribedBy(with(set, "spark.submit.deployMode", "client"))).isFalse();
    assertThat(YarnDriver.isDescribedBy(with(set, "spark.master", "spark://host:7077"))).isFalse();
    assertThat(YarnDriver.isDescribedBy(with(set, "spark.master", "k8s://https://host"))).isFalse();
    assertThat(YarnDriver.isHere()).isFalse();
  }

  @Test
  void theContainersNameTellsTheAttempt() {
    assertThat(YarnDriver.attempt(Map.of())).isEqualTo(1);
    assertThat(attempt("container_1410901177871_0001_01_000005")).isEqualTo(1);
    assertThat(attempt("container_e17_1410901177871_0012_02_000001")).isEqualTo(2);
    assertThat(YarnDriver.isLaterAttempt()).isFalse();
  }

  @Test
  void returnsOnSuccessAndThrowsTheExitCodeElse() throws Exception {
    YarnDriver.report(0);
    assertThatThrownBy(() -> YarnDriver.report(3))
        .isInstanceOfSatisfying(
            SparkUserAppException.class, thrown -> assertThat(thrown.exitCode()).isEqualTo(3));
  }

  private static int attempt(String container) {
    return YarnDriver.attempt(Map.of("CONTAINER_ID", container));
  }

  private static Properties with(Properties set, String key, String value) {
    Properties changed = new Properties();
    changed.putAll(set);
    changed.setProperty(key, value);
    return changed;
  }
}
