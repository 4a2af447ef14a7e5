package org.sparksbp.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparksbp.task.Task;

class TasksTest {

  @Test
  void aTaskIsFoundByItsName() {
    assertThat(Tasks.all())
        .extracting(Task::name)
        .contains(
            "mnist",
            "nettalk",
            "dvsgesture",
            "nmnist",
            "fashion-mnist",
            "kmnist",
            "emnist",
            "qmnist");
    for (Task task : Tasks.all()) {
      assertThat(Tasks.named(task.name())).isSameAs(task);
      assertThat(task.channels(task.defaults())).isPositive();
      assertThatNoException().isThrownBy(() -> task.check(task.defaults()));
    }
  }

  @Test
  void everyTaskOfAPublicSetHasFilesToFetchAndAWayByHand() {
    for (Task task : Tasks.all()) {
      assertThat(task.source().files().isEmpty())
          .as(task.name())
          .isEqualTo(task.name().equals("images"));
      assertThat(task.source().byHand()).startsWith("By hand: ");
    }
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Tasks.named("cifar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Invalid task: cifar, must be one of mnist, nettalk, dvsgesture, nmnist, ");
  }
}
