package org.espalier.kernel;

import java.nio.FloatBuffer;

/**
 * Stochastic gradient descent with Nesterov momentum over flat vectors, in the form that carries
 * the learning rate outside the velocity (Sutskever et al. 2013 as TensorFlow and PyTorch have it):
 *
 * <pre>
 * v = momentum v + g
 * g = rate (g + momentum v)
 * </pre>
 *
 * <p>In place, without allocation; the gradient becomes what is subtracted from the weights. Used
 * by one thread at a time.
 */
public final class NesterovKernel {
  private static final int CHUNK = 4096;

  private final float momentum;
  private final float[] g = new float[CHUNK];
  private final float[] v = new float[CHUNK];

  /** Momentum in [0, 1). */
  public NesterovKernel(double momentum) {
    this.momentum = (float) momentum;
  }

  /**
   * One step.
   *
   * @param gradient `[n]`, becomes the update
   * @param velocity v, `[n]`
   * @param rate learning rate
   */
  public void step(FloatBuffer gradient, FloatBuffer velocity, double rate) {
    for (int from = 0; from < gradient.capacity(); from += CHUNK) {
      int size = Math.min(CHUNK, gradient.capacity() - from);
      gradient.get(from, g, 0, size);
      velocity.get(from, v, 0, size);
      chunk(size, (float) rate);
      gradient.put(from, g, 0, size);
      velocity.put(from, v, 0, size);
    }
  }

  private void chunk(int size, float rate) {
    for (int i = 0; i < size; i++) {
      float velocity = momentum * v[i] + g[i];
      v[i] = velocity;
      g[i] = rate * (g[i] + momentum * velocity);
    }
  }
}
