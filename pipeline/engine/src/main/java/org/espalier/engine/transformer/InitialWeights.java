package org.espalier.engine.transformer;

import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Weights before the first step, a function of the seed and the tensor's name. */
final class InitialWeights {
  private static final long PURPOSE = Mix64.of("initial weights of a Transformer");
  private static final int AT_ONCE = 4096;

  private InitialWeights() {}

  /** A draw of so many numbers. */
  private interface Draw {
    double[] of(Noise noise, int count);
  }

  /** Uniform in [-r, r] with {@code r = sqrt(6 / (inputs + outputs))} (Glorot and Bengio 2010). */
  static void uniform(ParameterTensor tensor, int outputs, int inputs, INDArray values, long seed) {
    double range = Math.sqrt(6.0 / (inputs + outputs));
    draw(tensor, values, seed, Noise::uniforms, -range, 2 * range);
  }

  /** Normal with a mean of 0. */
  static void normal(ParameterTensor tensor, double deviation, INDArray values, long seed) {
    draw(tensor, values, seed, Noise::normals, 0, deviation);
  }

  private static void draw(
      ParameterTensor tensor, INDArray values, long seed, Draw draw, double plus, double times) {
    float[] drawn = new float[tensor.length()];
    long name = Mix64.of(tensor.name());
    for (int from = 0; from < drawn.length; from += AT_ONCE) {
      Noise noise = Noise.stream(Mix64.key(seed, PURPOSE, name, from / AT_ONCE));
      double[] numbers = draw.of(noise, Math.min(AT_ONCE, drawn.length - from));
      for (int i = 0; i < numbers.length; i++) {
        drawn[from + i] = (float) (plus + times * numbers[i]);
      }
    }
    values.assign(Nd4j.createFromArray(drawn).castTo(values.dataType()));
  }
}
