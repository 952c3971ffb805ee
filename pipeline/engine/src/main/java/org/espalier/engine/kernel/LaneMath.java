package org.espalier.engine.kernel;

import org.espalier.engine.kernel.sparse.SparseLanes;

/**
 * Functions over arrays of float32 that the compiler does not vectorise by itself. Every
 * implementation does the same arithmetic in the same order, so all give the same bits, however
 * many lanes there are and whether or not the code is compiled yet.
 *
 * <p>Arrays are at least {@code count} rounded up to {@value #PADDING} long; what lies beyond
 * {@code count} is scratch.
 */
public interface LaneMath {
  /** Arrays are padded to a multiple of this. */
  int PADDING = 32;

  /** Numbers that become {@value #PADDING} sums of eight. */
  int EIGHTS = 8 * PADDING;

  /** {@code x = exp(x)}, to 2 units in the last place; arguments are clamped to [-87, 88]. */
  void exp(float[] x, int count);

  /** {@code x = exp(x)} for x within [-87, 88], which saves the clamping. */
  void expWithin(float[] x, int count);

  /** {@code x = ln(x)} for normal positive x, to 2 units in the last place. */
  void log(float[] x, int count);

  /** Numbers {@code from} to {@code from + count - 1} of a key, in [0, 1). */
  void uniforms(int first, int second, int from, float[] to, int count);

  /**
   * Sums of eight: {@code x[32 g + j]} becomes the sum of {@code x[256 g + 32 k + j]} over k below
   * 8, for j below 32; the others are scratch.
   *
   * @param count a multiple of 256
   */
  void addEights(float[] x, int count);

  /** As {@link #addEights}, products in place of sums. */
  void multiplyEights(float[] x, int count);

  /** {@code sums[from + i] += x[i] * weight} in float64, for i below count. */
  void addWeighted(float[] x, double weight, double[] sums, int from, int count);

  /** {@code x[i] = sums[from + i] / by}, divided in float64, for i below count. */
  void divide(double[] sums, int from, double by, float[] x, int count);

  /** {@code to[at + i] += x[from + i]} for i below count, which nothing pads. */
  void add(float[] to, int at, float[] x, int from, int count);

  /** {@code largest[i] = max(largest[i], x[from + i])} for i below count, which nothing pads. */
  void raise(float[] largest, float[] x, int from, int count);

  /**
   * Gives what is left of a gradient to the values that are the largest, for i below count, which
   * nothing pads: {@code x[from + i]} becomes {@code left[i]}, and that 0, unless it is below
   * {@code largest[i]}; then it becomes 0.
   */
  void share(float[] largest, float[] left, float[] x, int from, int count);

  /**
   * Turns uniform numbers, from an index that is a multiple of {@value #PADDING} on, into standard
   * normal ones (Box and Muller 1958): of every {@value #PADDING} the first half are radii and
   * become cosines, the second half angles and become sines.
   *
   * @param count a multiple of {@value #PADDING}
   */
  void normals(float[] x, int count);

  /** What variational dropout asks for. */
  VariationalLanes variational();

  /** What hard-concrete gates ask for. */
  GateLanes gates();

  /** What products with masked weights ask for. */
  SparseLanes sparse();

  /** Adam's step. */
  AdamLanes adam(UpdateRule.Adam rule);
}
