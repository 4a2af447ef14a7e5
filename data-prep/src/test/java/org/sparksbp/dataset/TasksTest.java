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
        .contains("mnist", "nettalk", "dvsgesture", "nmnist");
    for (Task task : Tasks.all()) {
      assertThat(Tasks.named(task.name())).isSameAs(task);
      assertThat(task.channels(task.defaults())).isPositive();
      assertThatNoException().isThrownBy(() -> task.check(task.defaults()));
    }
  }

  @Test
  void everyTaskHasFilesToFetchAndAWayByHand() {
    for (Task task : Tasks.all()) {
      assertThat(task.source().files()).as(task.name()).isNotEmpty();
      assertThat(task.source().byHand()).startsWith("By hand: ");
    }
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Tasks.named("cifar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid task: cifar, must be one of mnist, nettalk, dvsgesture, nmnist");
  }
}
