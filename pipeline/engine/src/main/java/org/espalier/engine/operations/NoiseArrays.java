package org.espalier.engine.operations;

import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.Sharing;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Noise as arrays of the backend, for what does not run on own kernels. */
final class NoiseArrays {
  private NoiseArrays() {}

  /** As many normal numbers as the array has values, in its order and type. */
  static INDArray normals(Noise noise, INDArray like) {
    return array(noise.normals(Math.toIntExact(like.length())), like);
  }

  /** As many uniform numbers as the array has values, in its order and type. */
  static INDArray uniforms(Noise noise, INDArray like) {
    return array(noise.uniforms(Math.toIntExact(like.length())), like);
  }

  /** Normal numbers for `[rows, columns]`, some rows sharing theirs. */
  static INDArray normals(Noise noise, INDArray like, Sharing sharing) {
    int columns = Math.toIntExact(like.size(1));
    double[] values = new double[Math.toIntExact(like.length())];
    double[] drawn = noise.normals(sharing.index(values.length - 1, columns) + 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = drawn[sharing.index(i, columns)];
    }
    return array(values, like);
  }

  private static INDArray array(double[] values, INDArray like) {
    return Nd4j.createFromArray(values)
        .castTo(like.dataType())
        .reshape(like.ordering(), like.shape());
  }
}
