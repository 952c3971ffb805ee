package org.espalier.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.espalier.base.Mix64;

/**
 * Prints how long mask updates take at ResNet-50's size: 25.5 million weights in 54 tensors, one
 * thread. Run it by hand; it is no test.
 */
final class MaskUpdateTiming {
  private static final int TENSORS = 54;
  private static final int LENGTH = 25_502_912 / TENSORS;
  private static final int REPEATS = 15;

  private MaskUpdateTiming() {}

  public static void main(String[] arguments) {
    List<SparseTensor> list = new ArrayList<>();
    for (int t = 0; t < TENSORS; t++) {
      list.add(new SparseTensor("t" + t, WeightLayout.OUT_IN, t * LENGTH, 1, LENGTH));
    }
    SparseTensors tensors = SparseTensors.of(list);
    float[] weights = new float[TENSORS * LENGTH];
    for (int i = 0; i < weights.length; i++) {
      double radius = Math.sqrt(-2 * Math.log(1 - Mix64.unit(1, 2L * i)));
      weights[i] = (float) (0.05 * radius * Math.cos(2 * Math.PI * Mix64.unit(1, 2L * i + 1)));
    }
    PruningPlan plan =
        PruningPlan.uniform(new ConstantSchedule(0.9), UpdateSteps.every(100, 0, 1000));
    AveragedState state = AveragedState.initial(tensors, weights);
    time("magnitude, uniform", () -> new MagnitudePruning(plan).next(state));
    PruningPlan global = plan.distributedBy(new GlobalDistribution());
    time("magnitude, global", () -> new MagnitudePruning(global).next(state));
    time("random", () -> new RandomPruning(plan, 1).next(state));
    MaskSet masks = new RandomPruning(plan, 1).next(state);
    time("hash", () -> MaskSet.of(masks.byName()));
    time("encode and decode", () -> MaskFile.decode(MaskFile.encode(masks), "memory"));
    System.out.println("bytes " + MaskFile.encode(masks).length);
  }

  private static void time(String what, Supplier<MaskSet> work) {
    double[] millis = new double[REPEATS];
    long hash = 0;
    for (int r = 0; r < REPEATS; r++) {
      long start = System.nanoTime();
      hash ^= work.get().hash();
      millis[r] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf("%-20s median %.1f ms (%x)%n", what, millis[REPEATS / 2], hash);
  }
}
