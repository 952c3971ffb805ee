package org.espalier.kernel;

import java.nio.FloatBuffer;

/**
 * Adam (Kingma and Ba 2015, algorithm 1 in the form of their section 2) over flat vectors:
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * g = rate sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
 * </pre>
 *
 * <p>Moments are drawn towards zero by 1e-30, so that those of weights without a gradient vanish
 * before they become subnormal. In place, without allocation; the gradient becomes what is
 * subtracted from the weights. Used by one thread at a time.
 */
public final class AdamKernel {
  private static final int CHUNK = 4096;

  /** Moments below this are zero: subnormal numbers would cost a hundred times the arithmetic. */
  private static final float VANISHING = 1e-30f;

  private final double beta1;
  private final double beta2;
  private final float epsilon;
  private final float[] g = new float[CHUNK];
  private final float[] m = new float[CHUNK];
  private final float[] v = new float[CHUNK];

  /** Adam with these constants. */
  public AdamKernel(double beta1, double beta2, double epsilon) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = (float) epsilon;
  }

  /**
   * One step.
   *
   * @param gradient `[n]`, becomes the update
   * @param first first moment m, `[n]`
   * @param second second moment v, `[n]`
   * @param rate learning rate
   * @param t number of this step, from 1
   */
  public void step(
      FloatBuffer gradient, FloatBuffer first, FloatBuffer second, double rate, int t) {
    double steps = t;
    double corrected = rate * Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
    for (int from = 0; from < gradient.capacity(); from += CHUNK) {
      int size = Math.min(CHUNK, gradient.capacity() - from);
      gradient.get(from, g, 0, size);
      first.get(from, m, 0, size);
      second.get(from, v, 0, size);
      chunk(size, (float) corrected);
      gradient.put(from, g, 0, size);
      first.put(from, m, 0, size);
      second.put(from, v, 0, size);
    }
  }

  private void chunk(int size, float rate) {
    float keptFirst = (float) beta1;
    float keptSecond = (float) beta2;
    float newFirst = (float) (1 - beta1);
    float newSecond = (float) (1 - beta2);
    for (int i = 0; i < size; i++) {
      float gradient = g[i];
      float mean = keptFirst * m[i] + newFirst * gradient;
      float first = Math.max(mean - VANISHING, 0f) + Math.min(mean + VANISHING, 0f);
      float square = keptSecond * v[i] + newSecond * gradient * gradient;
      float second = Math.max(square - VANISHING, 0f);
      m[i] = first;
      v[i] = second;
      g[i] = rate * first / ((float) Math.sqrt(second) + epsilon);
    }
  }
}
