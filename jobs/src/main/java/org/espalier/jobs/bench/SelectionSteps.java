package org.espalier.jobs.bench;

import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.kernel.Noise;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.ConstantSchedule;
import org.espalier.sparsity.MagnitudePruning;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.sparsity.UpdateSteps;
import org.espalier.sparsity.WeightLayout;

/** Magnitude selection and packing of masks, on one core. */
final class SelectionSteps {
  private static final int STEM = 64 * 3 * 7 * 7;
  private static final int CLASSIFIER = 2048 * 1000;
  private static final int EXPANSION = 4;
  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final double SPARSITY = 0.9;
  private static final double MILLION = 1e6;

  private SelectionSteps() {}

  /** The 54 tensors of ResNet-50 v1.5: 25,502,912 weights. */
  static KernelWorkload.Step ofResNet50() {
    List<SparseTensor> tensors = new ArrayList<>();
    int offset = 0;
    for (int length : lengths()) {
      tensors.add(new SparseTensor("t" + tensors.size(), WeightLayout.OUT_IN, offset, 1, length));
      offset += length;
    }
    float[] weights = new float[offset];
    double[] normals = Noise.stream(1).normals(offset);
    for (int i = 0; i < offset; i++) {
      weights[i] = (float) normals[i];
    }
    AveragedState state = AveragedState.initial(SparseTensors.of(tensors), weights);
    MagnitudePruning method =
        new MagnitudePruning(
            PruningPlan.uniform(new ConstantSchedule(SPARSITY), UpdateSteps.every(1, 0, 1)));
    return new KernelWorkload.Step(
        "select(million weights)", offset / MILLION, () -> method.next(state));
  }

  private static List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>();
    lengths.add(STEM);
    int inputs = 64;
    for (int group = 0; group < BLOCKS.length; group++) {
      int middle = 64 << group;
      int outputs = middle * EXPANSION;
      for (int block = 0; block < BLOCKS[group]; block++) {
        if (block == 0) {
          lengths.add(inputs * outputs);
        }
        lengths.add(inputs * middle);
        lengths.add(middle * middle * 9);
        lengths.add(middle * outputs);
        inputs = outputs;
      }
    }
    lengths.add(CLASSIFIER);
    return lengths;
  }
}
