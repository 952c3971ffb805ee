package org.espalier.sparsity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many of a number of weights a sparsity keeps: floor(length * (1 - sparsity)), which is what
 * the released checkpoints of "The State of Sparsity" hold in every tensor.
 *
 * <p>The sparsity is taken as the decimal that a person wrote: 0.9 of 235,200 keeps 23,520, where
 * binary arithmetic would give 23,519.
 */
public final class ExactCount {
  private static final double LEAST_SLACK = 1e-9;

  /** What a sparsity near 1 can be off by after a few operations in double precision. */
  private static final double SLACK_PER_WEIGHT = 0x1.0p-50;

  private ExactCount() {}

  /**
   * The number of kept weights.
   *
   * @param length number of weights, at least 0
   * @param sparsity fraction to mask, in [0, 1]
   */
  public static long kept(long length, double sparsity) {
    if (length < 0 || !(sparsity >= 0 && sparsity <= 1)) {
      throw new IllegalArgumentException(
          "Cannot mask a fraction of " + sparsity + " of " + length + " weights");
    }
    double slack = Math.max(LEAST_SLACK, length * SLACK_PER_WEIGHT);
    return BigDecimal.ONE
        .subtract(BigDecimal.valueOf(sparsity))
        .multiply(BigDecimal.valueOf(length))
        .add(BigDecimal.valueOf(slack))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }
}
