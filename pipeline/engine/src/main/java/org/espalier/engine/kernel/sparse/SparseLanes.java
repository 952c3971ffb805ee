package org.espalier.engine.kernel.sparse;

import java.util.Arrays;

/**
 * Products with kept weights alone, over panels. Here in plain Java; subclasses use the CPU's
 * lanes. The bits depend on the structure, on the block's positions and on the number of lanes, not
 * on which rows a block has. Without allocation; stateless.
 */
public class SparseLanes {
  /** Positions are padded with zeros to a multiple of this. */
  public static final int GROUP = 16;

  /** Lanes whose sums are kept apart; part of what fixes the bits of gradients. */
  public int width() {
    return 1;
  }

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

  /** Adds {@code own[r] other[source[e]]}, summed over positions, to the sum of every entry. */
  public void dots(SparseRows rows, Panel own, Panel other, Dots dots, Block block) {
    for (int r = block.firstRow(); r < block.endRow(); r++) {
      int at = own.at() + r * own.stride();
      for (int e = rows.start()[r]; e < rows.start()[r + 1]; e++) {
        int source = other.at() + rows.source()[e];
        float sum = 0;
        for (int i = block.from(); i < block.to(); i++) {
          sum = Math.fma(own.values()[at + i], other.values()[source + i], sum);
        }
        dots.sums()[e] += sum;
      }
    }
  }

  private static void addScaled(
      float[] sums, int to, float factor, float[] x, int source, Block block) {
    for (int i = block.from(); i < block.to(); i++) {
      sums[to + i] = Math.fma(factor, x[source + i], sums[to + i]);
    }
  }
}
