package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.junit.jupiter.api.Test;

class TaskPlacesTest {
  private static final ExecutorAddress A = executor("a", 1);
  private static final ExecutorAddress B = executor("b", 2);
  private static final ExecutorAddress C = executor("c", 3);

  private static ExecutorAddress executor(String host, int id) {
    return new ExecutorAddress(Integer.toString(id), host, 7000, id);
  }

  @Test
  void executorsTakeTurnsAtFirst() {
    assertThat(new TaskPlaces().of(5, List.of(A, B)))
        .containsExactly(
            "executor_a_1", "executor_b_2", "executor_a_1", "executor_b_2", "executor_a_1");
  }

  @Test
  void tasksStayWhereTheyWereWhenAnExecutorGoes() {
    TaskPlaces places = new TaskPlaces();
    places.of(3, List.of(A, B, C));
    assertThat(places.of(3, List.of(A, C)))
        .containsExactly("executor_a_1", "executor_c_3", "executor_c_3");
    assertThat(places.of(2, List.of(A, C))).containsExactly("executor_a_1", "executor_c_3");
  }

  @Test
  void aNewExecutorGetsItsPart() {
    TaskPlaces places = new TaskPlaces();
    places.of(4, List.of(A, B));
    assertThat(places.of(4, List.of(A, B, C)))
        .containsExactly("executor_a_1", "executor_b_2", "executor_a_1", "executor_b_2");
    assertThat(places.of(6, List.of(A, B, C)))
        .containsExactly(
            "executor_a_1",
            "executor_b_2",
            "executor_a_1",
            "executor_b_2",
            "executor_c_3",
            "executor_c_3");
  }

  @Test
  void tasksWithNeighbouringWorkersGoToOneExecutor() {
    assertThat(TaskPlaces.inRanges(5, List.of(A, B)))
        .containsExactly(
            "executor_a_1", "executor_a_1", "executor_a_1", "executor_b_2", "executor_b_2");
    assertThat(TaskPlaces.inRanges(2, List.of(A, B, C)))
        .containsExactly("executor_a_1", "executor_b_2");
  }
}
