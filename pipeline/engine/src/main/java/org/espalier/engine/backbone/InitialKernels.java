package org.espalier.engine.backbone;

import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Kernels before the first step: normal numbers within two deviations, of a variance of a gain over
 * the number of weights of an output, a function of the seed and the tensor's name.
 */
final class InitialKernels {
  /** The deviation of standard normal numbers within two deviations. */
  private static final double TRUNCATED = 0.8796256610342398;

  private static final double FURTHEST = 2;
  private static final long PURPOSE = Mix64.of("initial kernels");
  private static final int AT_ONCE = 4096;

  private InitialKernels() {}

  static void draw(ParameterTensor kernels, double gain, INDArray values, long seed) {
    int outputs = kernels.shape().get(0);
    double deviation = Math.sqrt(gain * outputs / kernels.length()) / TRUNCATED;
    float[] drawn = new float[kernels.length()];
    long name = Mix64.of(kernels.name());
    int count = 0;
    for (int piece = 0; count < drawn.length; piece++) {
      Noise noise = Noise.stream(Mix64.key(seed, PURPOSE, name, piece));
      for (double normal : noise.normals(AT_ONCE)) {
        if (Math.abs(normal) < FURTHEST && count < drawn.length) {
          drawn[count++] = (float) (normal * deviation);
        }
      }
    }
    values.assign(Nd4j.createFromArray(drawn).castTo(values.dataType()));
  }
}
