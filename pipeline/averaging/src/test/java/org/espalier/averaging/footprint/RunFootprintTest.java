package org.espalier.averaging.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.averaging.footprint.Footprint.Place;
import org.espalier.averaging.footprint.RunFootprint.Averaging;
import org.espalier.engine.replica.NetworkSize;
import org.junit.jupiter.api.Test;

/** Footprints beside what was counted by hand. */
class RunFootprintTest {
  /**
   * LeNet-300-100 on MNIST, dense, under Adam: 266,610 parameters, 1,204 outputs, inputs of 784.
   */
  private static final NetworkSize LENET =
      new NetworkSize(266_610, 2 * 266_610, 1_204 + 784 + 2 * 784, 0, 0, 0);

  private static final NetworkSize TRANSFORMER_BASE =
      new NetworkSize(61_200_000, 122_400_000, 0, 0, 0, 0);

  @Test
  void aLeNetWhoseGradientsAreAveraged() {
    RunFootprint run = new RunFootprint(LENET, WorkerShape.of(8, 32, 2, 2), Averaging.GRADIENTS, 0);
    Footprint executor = run.executor();
    // Twice the vector; the parameters; two pieces of a shard for each of two tasks.
    assertThat(executor.heap()).isEqualTo(4L * (2 * 799_830 + 266_610 + 2 * 2 * 266_610));
    // Two copies of half the vector and of the neighbour's; two answers of half the parameters;
    // two levels of means of four workers, and one of the other task; half of the parameters in
    // each direction.
    assertThat(executor.bytes(Place.DIRECT))
        .isEqualTo(4L * (2 * 2 * 399_915 + 2 * 133_305 + 3 * 266_610 + 2 * 133_305));
    // Two replicas with their gradients and 32 examples; half of the vector and of the gradient.
    assertThat(executor.bytes(Place.ARRAYS))
        .isEqualTo(4L * (2 * 2 * 266_610 + 2 * 32 * 3_556 + 399_915 + 133_305));
    assertThat(run.driver().heap()).isEqualTo(4L * 3 * 799_830);
  }

  @Test
  void aLeNetWhoseParametersAreAveraged() {
    Footprint executor =
        new RunFootprint(LENET, WorkerShape.of(8, 32, 2, 1), Averaging.PARAMETERS, 0).executor();
    assertThat(executor.heap())
        .isEqualTo(4L * (2 * 799_830 + 799_830 + 2 * 399_915 + 2 * 399_915 + 799_830));
    assertThat(executor.bytes(Place.DIRECT)).isEqualTo(4L * 8 * 799_830);
    assertThat(executor.bytes(Place.ARRAYS)).isEqualTo(4L * (799_830 + 266_610 + 32 * 3_556));
  }

  @Test
  void anOnlyExecutorKeepsNothingForANeighbour() {
    Footprint alone = gradients(TRANSFORMER_BASE, 1, 1);
    Footprint two = gradients(TRANSFORMER_BASE, 2, 1);
    assertThat(kept(alone)).isEqualTo(kept(two)).isEqualTo(4L * 2 * 183_600_000L);
    assertThat(alone.nativeBytes()).isGreaterThan(two.nativeBytes());
  }

  @Test
  void maskedWeightsAndStateTakeMemoryOnlyWhereThereAreSome() {
    NetworkSize masked = new NetworkSize(1_000, 0, 0, 1_000, 0, 0);
    NetworkSize dense = new NetworkSize(1_000, 0, 0, 0, 0, 0);
    assertThat(gradients(masked, 2, 1).bytes(Place.ARRAYS))
        .isEqualTo(gradients(dense, 2, 1).bytes(Place.ARRAYS) + 4_000);
    assertThat(gradients(masked, 2, 1).heap()).isEqualTo(gradients(dense, 2, 1).heap() + 2_000);
  }

  @Test
  void whatLeavesMaskedWeightsOutTakesMemory() {
    NetworkSize masked = new NetworkSize(1_000, 2_000, 50, 1_000, 0, 0);
    NetworkSize apart = new NetworkSize(1_000, 2_000, 50, 1_000, 250, 0);
    // Four numbers of a place, four arrays for each of two tasks, 4 examples in panels twice.
    assertThat(gradients(apart, 2, 2).heap() - gradients(masked, 2, 2).heap())
        .isEqualTo(4L * (4 * 250 + 2 * 4 * 250 + 2 * 2 * 4 * 50));
    // Weights and gradients of two tasks, and half of the owners' with two numbers of state.
    assertThat(
            gradients(apart, 2, 2).bytes(Place.DIRECT)
                - gradients(masked, 2, 2).bytes(Place.DIRECT))
        .isEqualTo(4L * (2 * 2 * 250 + 4 * 125));
    assertThat(parameters(apart).bytes(Place.DIRECT) - parameters(masked).bytes(Place.DIRECT))
        .isEqualTo(4L * (2 * 250 + 500));
  }

  private static Footprint parameters(NetworkSize size) {
    return new RunFootprint(size, WorkerShape.of(8, 4, 2, 1), Averaging.PARAMETERS, 0).executor();
  }

  @Test
  void activationsGrowWithBatchAndTasksAndNotWithExecutors() {
    NetworkSize size = new NetworkSize(10, 0, 1_000, 0, 0, 0);
    RunFootprint one = new RunFootprint(size, WorkerShape.of(8, 128, 4, 1), Averaging.GRADIENTS, 0);
    RunFootprint two = new RunFootprint(size, WorkerShape.of(8, 128, 4, 2), Averaging.GRADIENTS, 0);
    assertThat(two.executor().nativeBytes() - one.executor().nativeBytes())
        .isBetween(4 * 128_000L, 4 * 128_100L);
  }

  @Test
  void evaluationHoldsResultsBesideThoseOfTraining() {
    NetworkSize size = new NetworkSize(10, 0, 1_000, 0, 0, 700);
    WorkerShape shape = WorkerShape.of(8, 4, 2, 2);
    Footprint trained = new RunFootprint(size, shape, Averaging.GRADIENTS, 0).executor();
    Footprint both = new RunFootprint(size, shape, Averaging.GRADIENTS, 30).executor();
    assertThat(both.bytes(Place.ARRAYS) - trained.bytes(Place.ARRAYS)).isEqualTo(4L * 2 * 30 * 700);
  }

  @Test
  void noExecutorRunsMoreTasksThanThereAreWorkersForIt() {
    assertThat(WorkerShape.of(8, 1, 3, 16)).isEqualTo(new WorkerShape(8, 1, 3, 3));
    assertThat(WorkerShape.of(2, 1, 8, 4)).isEqualTo(new WorkerShape(2, 1, 2, 1));
    assertThat(WorkerShape.of(8, 1, 2, 1).carried()).isEqualTo(4);
  }

  private static Footprint gradients(NetworkSize size, int executors, int slots) {
    return new RunFootprint(size, WorkerShape.of(8, 4, executors, slots), Averaging.GRADIENTS, 0)
        .executor();
  }

  private static long kept(Footprint of) {
    return of.parts().stream()
        .filter(part -> part.name().startsWith("states kept"))
        .mapToLong(Footprint.Part::bytes)
        .sum();
  }
}
