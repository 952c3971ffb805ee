package org.espalier.engine.kernel;

import java.nio.ByteBuffer;

/**
 * Adam's step of the float32 numbers {@code first} to {@code end - 1} of off-heap memory, in the
 * CPU's byte order. Every implementation gives the same bits. Moments nearer to zero than 1e-30
 * vanish, before they become subnormal, which would cost a hundred times the arithmetic.
 */
public interface AdamLanes {
  /** Moments below this vanish. */
  float VANISHING = 1e-30f;

  /**
   * One step.
   *
   * @param gradient of number {@code i} at {@code i - from}, padded as {@link LaneMath} says
   * @param m first moments
   * @param v second moments
   * @param step becomes what is to be subtracted from the weights
   * @param rate learning rate, with the moments' bias taken out
   */
  void step(
      float[] gradient,
      ByteBuffer m,
      ByteBuffer v,
      ByteBuffer step,
      float rate,
      int from,
      int first,
      int end);
}
