package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.vector.Species.FLOATS;
import static org.espalier.engine.kernel.vector.Species.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.espalier.engine.kernel.sparse.Block;
import org.espalier.engine.kernel.sparse.Dots;
import org.espalier.engine.kernel.sparse.Frame;
import org.espalier.engine.kernel.sparse.Panel;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.kernel.sparse.SparseRows;

/**
 * {@link SparseLanes} in the CPU's lanes. Eight, four, two or one vectors of positions stay in
 * registers while the entries of a row pass by: one broadcast weight serves them all, and backward
 * one load of the output's gradient serves the gradient of the input and that of the weight. For
 * vectors of eight and sixteen lanes.
 */
final class VectorSparse extends SparseLanes {
  /** Whether a group fills two vectors. */
  static final boolean PAIRED = LANES < GROUP;

  private static final int EIGHT = 8 * LANES;
  private static final int FOUR = 4 * LANES;
  private static final int TWO = 2 * LANES;

  @Override
  public void multiply(
      SparseRows rows, float[] values, Panel x, Frame frame, Panel y, Block block) {
    int at = block.from();
    for (; at + EIGHT <= block.to(); at += EIGHT) {
      ForwardBlocks.eight(
          rows.start(),
          rows.source(),
          values,
          x.values(),
          x.at() + at,
          frame.initial(),
          frame.floor(),
          y.values(),
          y.at() + at,
          y.stride(),
          block.firstRow(),
          block.endRow());
    }
    for (; at + FOUR <= block.to(); at += FOUR) {
      ForwardBlocks.four(
          rows.start(),
          rows.source(),
          values,
          x.values(),
          x.at() + at,
          frame.initial(),
          frame.floor(),
          y.values(),
          y.at() + at,
          y.stride(),
          block.firstRow(),
          block.endRow());
    }
    for (; at + TWO <= block.to(); at += TWO) {
      ForwardBlocks.two(
          rows.start(),
          rows.source(),
          values,
          x.values(),
          x.at() + at,
          frame.initial(),
          frame.floor(),
          y.values(),
          y.at() + at,
          y.stride(),
          block.firstRow(),
          block.endRow());
    }
    for (; at < block.to(); at += LANES) {
      ForwardBlocks.one(
          rows.start(),
          rows.source(),
          values,
          x.values(),
          x.at() + at,
          frame.initial(),
          frame.floor(),
          y.values(),
          y.at() + at,
          y.stride(),
          block.firstRow(),
          block.endRow());
    }
  }

  @Override
  public void differentiate(
      SparseRows rows, float[] values, Panel g, Panel x, Panel dx, Dots dots, Block block) {
    for (int r = block.firstRow(); r < block.endRow(); r++) {
      int first = rows.start()[r];
      int end = rows.start()[r + 1];
      int own = x.at() + r * x.stride();
      int to = dx.at() + r * dx.stride();
      float[] lanes = dots.lanes();
      Arrays.fill(lanes, 0, (end - first) * GROUP, 0f);
      int at = block.from();
      for (; at + EIGHT <= block.to(); at += EIGHT) {
        BackwardBlocks.eight(
            rows.source(),
            values,
            first,
            end,
            g.values(),
            g.at() + at,
            x.values(),
            own + at,
            dx.values(),
            to + at,
            lanes);
      }
      for (; at + FOUR <= block.to(); at += FOUR) {
        BackwardBlocks.four(
            rows.source(),
            values,
            first,
            end,
            g.values(),
            g.at() + at,
            x.values(),
            own + at,
            dx.values(),
            to + at,
            lanes);
      }
      for (; at + TWO <= block.to(); at += TWO) {
        BackwardBlocks.two(
            rows.source(),
            values,
            first,
            end,
            g.values(),
            g.at() + at,
            x.values(),
            own + at,
            dx.values(),
            to + at,
            lanes);
      }
      for (; at < block.to(); at += LANES) {
        BackwardBlocks.one(
            rows.source(),
            values,
            first,
            end,
            g.values(),
            g.at() + at,
            x.values(),
            own + at,
            dx.values(),
            to + at,
            lanes);
      }
      foldInLanes(lanes, first, end, dots.sums());
    }
  }

  @Override
  public void dots(SparseRows rows, Panel own, Panel other, Dots dots, Block block) {
    for (int r = block.firstRow(); r < block.endRow(); r++) {
      int first = rows.start()[r];
      int end = rows.start()[r + 1];
      int a = own.at() + r * own.stride();
      float[] lanes = dots.lanes();
      Arrays.fill(lanes, 0, (end - first) * GROUP, 0f);
      int at = block.from();
      for (; at + EIGHT <= block.to(); at += EIGHT) {
        GradientBlocks.eight(
            rows.source(),
            first,
            end,
            other.values(),
            other.at() + at,
            own.values(),
            a + at,
            lanes);
      }
      for (; at + FOUR <= block.to(); at += FOUR) {
        GradientBlocks.four(
            rows.source(),
            first,
            end,
            other.values(),
            other.at() + at,
            own.values(),
            a + at,
            lanes);
      }
      for (; at + TWO <= block.to(); at += TWO) {
        GradientBlocks.two(
            rows.source(),
            first,
            end,
            other.values(),
            other.at() + at,
            own.values(),
            a + at,
            lanes);
      }
      for (; at < block.to(); at += LANES) {
        GradientBlocks.one(
            rows.source(),
            first,
            end,
            other.values(),
            other.at() + at,
            own.values(),
            a + at,
            lanes);
      }
      foldInLanes(lanes, first, end, dots.sums());
    }
  }

  /**
   * {@link #fold(float[], int, int, float[])} with its first level in lanes, which read on into the
   * next entry's group where there are more of them than a half has.
   */
  private static void foldInLanes(float[] lanes, int first, int end, float[] sums) {
    for (int e = first; e < end; e++) {
      int lane = (e - first) * GROUP;
      load(lanes, lane).add(load(lanes, lane + GROUP / 2)).intoArray(lanes, lane);
      sums[e] += sumOfHalf(lanes, lane);
    }
  }

  static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(FLOATS, x, at);
  }
}
