package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.espalier.training.FlatVector;
import org.junit.jupiter.api.Test;

class SliceSumTest {
  @Test
  void theMeanIsWeightedByExamples() {
    SliceSum sum = new SliceSum(2, 2);
    sum.add(slice(0, 1, 1f, 10f));
    sum.add(slice(1, 3, 5f, 20f));
    assertThat(values(sum.mean(0))).containsExactly(4f, 17.5f);
  }

  @Test
  void aWorkerWithoutExamplesCountsForNothing() {
    SliceSum sum = new SliceSum(2, 1);
    sum.add(slice(0, 0, Float.NaN));
    sum.add(slice(1, 3, 5f));
    assertThat(values(sum.mean(0))).containsExactly(5f);
  }

  @Test
  void theOrderOfArrivalDoesNotShowInABit() {
    float[] values = {1e8f, 1.2345678f, -1e8f, 3.3333333f};
    int[][] arrivals = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};
    byte[] first = null;
    for (int[] arrival : arrivals) {
      SliceSum sum = new SliceSum(4, 1);
      for (int worker : arrival) {
        sum.add(slice(worker, worker + 1, values[worker]));
      }
      AveragedSlice mean = sum.mean(0);
      first = first == null ? mean.values() : first;
      assertThat(mean.values()).isEqualTo(first);
      assertThat(mean.reports()).extracting(WorkerReport::worker).containsExactly(0, 1, 2, 3);
    }
  }

  @Test
  void aSliceThatComesTwiceIsAnError() {
    SliceSum sum = new SliceSum(2, 1);
    sum.add(slice(0, 1, 1f));
    assertThatThrownBy(() -> sum.add(slice(0, 1, 1f)))
        .hasMessage("Cannot average: worker 0 handed in the same slice twice");
  }

  @Test
  void aSliceThatIsMissingIsAnError() {
    SliceSum sum = new SliceSum(2, 1);
    sum.add(slice(1, 1, 1f));
    assertThatThrownBy(() -> sum.mean(0))
        .hasMessage("Cannot average: worker 0 of 2 handed in no slice");
  }

  private static WorkerSlice slice(int worker, long examples, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    FlatVector.floats(bytes).put(values);
    return new WorkerSlice(new WorkerReport(worker, "0", examples, 0, 0), bytes.array());
  }

  private static float[] values(AveragedSlice slice) {
    return FlatVector.wrap(slice.values()).head(slice.values().length / Float.BYTES);
  }
}
