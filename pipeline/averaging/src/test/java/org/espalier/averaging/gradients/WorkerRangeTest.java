package org.espalier.averaging.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerRangeTest {
  @Test
  void everyRangeIsAHalfOfItsParentWithItsSibling() {
    for (int workers = 2; workers <= 33; workers++) {
      WorkerRange all = WorkerRange.all(workers);
      for (WorkerRange range : below(all, workers)) {
        WorkerRange parent = range.parent(workers);
        WorkerRange sibling = range.sibling(parent);
        assertThat(sibling.parent(workers)).isEqualTo(parent);
        assertThat(sibling.sibling(parent)).isEqualTo(range);
        assertThat(Math.min(range.from(), sibling.from())).isEqualTo(parent.from());
        assertThat(Math.max(range.end(), sibling.end())).isEqualTo(parent.end());
      }
    }
  }

  @Test
  void neighboursThatFillAPowerOfTwoAreOneRange() {
    assertThat(new WorkerRange(4, 6).parent(8)).isEqualTo(new WorkerRange(4, 8));
    assertThat(new WorkerRange(4, 8).parent(8)).isEqualTo(WorkerRange.all(8));
    assertThat(WorkerRange.of(4).parent(5)).isEqualTo(WorkerRange.all(5));
    assertThat(WorkerRange.of(5).parent(6)).isEqualTo(new WorkerRange(4, 6));
  }

  @Test
  void whatIsNoHalfIsRefused() {
    assertThatThrownBy(() -> new WorkerRange(1, 3).parent(8))
        .hasMessage("Cannot average: workers 1 to 2 are no half of any range of 8");
    assertThatThrownBy(() -> WorkerRange.all(8).parent(8))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> WorkerRange.of(8).parent(8)).isInstanceOf(IllegalStateException.class);
  }

  /** All ranges below one, found from the leaves on. */
  private static List<WorkerRange> below(WorkerRange all, int workers) {
    List<WorkerRange> found = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      for (WorkerRange range = WorkerRange.of(worker);
          !range.equals(all);
          range = range.parent(workers)) {
        found.add(range);
      }
    }
    return found;
  }
}
