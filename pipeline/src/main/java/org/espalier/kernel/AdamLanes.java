package org.espalier.kernel;

/**
 * Adam's step over arrays of float32, under the conditions of {@link LaneMath}: every
 * implementation gives the same bits, and arrays are padded. Moments nearer to zero than 1e-30
 * vanish, before they become subnormal, which would cost a hundred times the arithmetic.
 */
public interface AdamLanes {
  /** Moments below this vanish. */
  float VANISHING = 1e-30f;

  /**
   * One step.
   *
   * @param g the gradient; becomes what is to be subtracted from the weights
   * @param m first moments
   * @param v second moments
   * @param rate learning rate, with the moments' bias taken out
   */
  void step(float[] g, float[] m, float[] v, float rate, int count);
}
