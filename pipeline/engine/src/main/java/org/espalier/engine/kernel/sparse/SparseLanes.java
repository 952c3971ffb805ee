package org.espalier.engine.kernel.sparse;

import java.util.Arrays;

/**
 * Products with kept weights alone, over panels. Here in plain Java; subclasses use the CPU's
 * lanes. The bits depend on the structure and on the block's positions: not on which rows a block
 * has, and not on the number of lanes. Without allocation; stateless.
 */
public class SparseLanes {
  /** Positions are padded with zeros to a multiple of this. */
  public static final int GROUP = 16;

  /**
   * {@code y[r] = max(floor, initial[r] + sum of values[e] x[source[e]] over the entries e of r)}.
   */
  public void multiply(
      SparseRows rows, float[] values, Panel x, Frame frame, Panel y, Block block) {
    for (int r = block.firstRow(); r < block.endRow(); r++) {
      int to = y.at() + r * y.stride();
      float[] sums = y.values();
      Arrays.fill(sums, to + block.from(), to + block.to(), frame.initial()[r]);
      for (int e = rows.start()[r]; e < rows.start()[r + 1]; e++) {
        addScaled(sums, to, values[e], x.values(), x.at() + rows.source()[e], block);
      }
      for (int i = to + block.from(); i < to + block.to(); i++) {
        sums[i] = Math.max(frame.floor(), sums[i]);
      }
    }
  }

  /**
   * The backward pass of {@link #multiply}, by the structure whose rows are the inputs: {@code
   * dx[r] = sum of values[e] g[source[e]]}, and the gradient of every entry, {@code x[r]
   * g[source[e]]} summed over positions, is added to its sum. May overwrite x by dx.
   */
  public void differentiate(
      SparseRows rows, float[] values, Panel g, Panel x, Panel dx, Dots dots, Block block) {
    dots(rows, x, g, dots, block);
    multiply(rows, values, g, Frame.plain(rows.rows()), dx, block);
  }

  /**
   * Adds {@code own[r] other[source[e]]}, summed over positions, to the sum of every entry:
   * positions that are as many modulo {@value #GROUP} one after the other, then {@link #fold
   * these}.
   */
  public void dots(SparseRows rows, Panel own, Panel other, Dots dots, Block block) {
    for (int r = block.firstRow(); r < block.endRow(); r++) {
      int first = rows.start()[r];
      int end = rows.start()[r + 1];
      int at = own.at() + r * own.stride();
      Arrays.fill(dots.lanes(), 0, (end - first) * GROUP, 0f);
      for (int e = first; e < end; e++) {
        int source = other.at() + rows.source()[e];
        int lane = (e - first) * GROUP;
        for (int i = block.from(); i < block.to(); i++) {
          int l = lane + (i - block.from()) % GROUP;
          dots.lanes()[l] =
              Math.fma(own.values()[at + i], other.values()[source + i], dots.lanes()[l]);
        }
      }
      fold(dots.lanes(), first, end, dots.sums());
    }
  }

  /** Adds the group of every entry up, halves first, and to its sum. */
  static void fold(float[] lanes, int first, int end, float[] sums) {
    for (int e = first; e < end; e++) {
      int lane = (e - first) * GROUP;
      for (int i = lane; i < lane + GROUP / 2; i++) {
        lanes[i] += lanes[i + GROUP / 2];
      }
      sums[e] += sumOfHalf(lanes, lane);
    }
  }

  /** The sum of half a group, halves first again and again. */
  private static float sumOfHalf(float[] x, int i) {
    return ((x[i] + x[i + 4]) + (x[i + 2] + x[i + 6]))
        + ((x[i + 1] + x[i + 5]) + (x[i + 3] + x[i + 7]));
  }

  private static void addScaled(
      float[] sums, int to, float factor, float[] x, int source, Block block) {
    for (int i = block.from(); i < block.to(); i++) {
      sums[to + i] = Math.fma(factor, x[source + i], sums[to + i]);
    }
  }
}
