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
    int row = block.firstRow();
    while (row < block.endRow()) {
      int end = rows.together(row, block.endRow(), dots.entries());
      int first = rows.start()[row];
      int count = rows.start()[end] - first;
      Arrays.fill(dots.lanes(), 0, count * GROUP, 0f);
      for (; row < end; row++) {
        differentiateRow(rows, row, values, g, x, dx, dots.lanes(), first, block);
      }
      LaneSums.add(dots.lanes(), count, dots.sums(), first);
    }
  }

  private static void differentiateRow(
      SparseRows rows,
      int row,
      float[] values,
      Panel g,
      Panel x,
      Panel dx,
      float[] lanes,
      int origin,
      Block block) {
    int first = rows.start()[row];
    int end = rows.start()[row + 1];
    int own = x.at() + row * x.stride();
    int to = dx.at() + row * dx.stride();
    int lane = (first - origin) * GROUP;
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
          lanes,
          lane);
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
          lanes,
          lane);
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
          lanes,
          lane);
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
          lanes,
          lane);
    }
  }

  @Override
  public void dots(SparseRows rows, Panel own, Panel other, Dots dots, Block block) {
    int row = block.firstRow();
    while (row < block.endRow()) {
      int end = rows.together(row, block.endRow(), dots.entries());
      int first = rows.start()[row];
      int count = rows.start()[end] - first;
      Arrays.fill(dots.lanes(), 0, count * GROUP, 0f);
      for (; row < end; row++) {
        multiplyRow(rows, row, own, other, dots.lanes(), first, block);
      }
      LaneSums.add(dots.lanes(), count, dots.sums(), first);
    }
  }

  private static void multiplyRow(
      SparseRows rows, int row, Panel own, Panel other, float[] lanes, int origin, Block block) {
    int first = rows.start()[row];
    int end = rows.start()[row + 1];
    int a = own.at() + row * own.stride();
    int lane = (first - origin) * GROUP;
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
          lanes,
          lane);
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
          lanes,
          lane);
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
          lanes,
          lane);
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
          lanes,
          lane);
    }
  }

  static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(FLOATS, x, at);
  }
}
