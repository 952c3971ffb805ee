package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.vector.Species.FLOATS;
import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.Species.broadcast;

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
  private static final boolean PAIRED = LANES < GROUP;

  private static final int EIGHT = 8 * LANES;
  private static final int FOUR = 4 * LANES;
  private static final int TWO = 2 * LANES;

  @Override
  public void multiply(
      SparseRows rows, float[] values, Panel x, Frame frame, Panel y, Block block) {
    int at = block.from();
    for (; at + EIGHT <= block.to(); at += EIGHT) {
      Multiply.eight(
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
      Multiply.four(
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
      Multiply.two(
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
      Multiply.one(
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
        Differentiate.eight(
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
        Differentiate.four(
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
        Differentiate.two(
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
        Differentiate.one(
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
        Products.eight(
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
        Products.four(
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
        Products.two(
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
        Products.one(
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

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(FLOATS, x, at);
  }

  /** Forward: so many vectors of positions of every row. */
  private static final class Multiply {
    static void eight(
        int[] start,
        int[] source,
        float[] values,
        float[] x,
        int xAt,
        float[] initial,
        float floor,
        float[] y,
        int yAt,
        int stride,
        int first,
        int end) {
      for (int r = first; r < end; r++) {
        FloatVector s0 = broadcast(initial[r]);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        int last = start[r + 1];
        for (int e = start[r]; e < last; e++) {
          int from = xAt + source[e];
          FloatVector w = broadcast(values[e]);
          s0 = load(x, from).fma(w, s0);
          s1 = load(x, from + LANES).fma(w, s1);
          s2 = load(x, from + 2 * LANES).fma(w, s2);
          s3 = load(x, from + 3 * LANES).fma(w, s3);
          s4 = load(x, from + 4 * LANES).fma(w, s4);
          s5 = load(x, from + 5 * LANES).fma(w, s5);
          s6 = load(x, from + 6 * LANES).fma(w, s6);
          s7 = load(x, from + 7 * LANES).fma(w, s7);
        }
        int to = yAt + r * stride;
        s0.max(floor).intoArray(y, to);
        s1.max(floor).intoArray(y, to + LANES);
        s2.max(floor).intoArray(y, to + 2 * LANES);
        s3.max(floor).intoArray(y, to + 3 * LANES);
        s4.max(floor).intoArray(y, to + 4 * LANES);
        s5.max(floor).intoArray(y, to + 5 * LANES);
        s6.max(floor).intoArray(y, to + 6 * LANES);
        s7.max(floor).intoArray(y, to + 7 * LANES);
      }
    }

    static void four(
        int[] start,
        int[] source,
        float[] values,
        float[] x,
        int xAt,
        float[] initial,
        float floor,
        float[] y,
        int yAt,
        int stride,
        int first,
        int end) {
      for (int r = first; r < end; r++) {
        FloatVector s0 = broadcast(initial[r]);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int last = start[r + 1];
        for (int e = start[r]; e < last; e++) {
          int from = xAt + source[e];
          FloatVector w = broadcast(values[e]);
          s0 = load(x, from).fma(w, s0);
          s1 = load(x, from + LANES).fma(w, s1);
          s2 = load(x, from + 2 * LANES).fma(w, s2);
          s3 = load(x, from + 3 * LANES).fma(w, s3);
        }
        int to = yAt + r * stride;
        s0.max(floor).intoArray(y, to);
        s1.max(floor).intoArray(y, to + LANES);
        s2.max(floor).intoArray(y, to + 2 * LANES);
        s3.max(floor).intoArray(y, to + 3 * LANES);
      }
    }

    static void two(
        int[] start,
        int[] source,
        float[] values,
        float[] x,
        int xAt,
        float[] initial,
        float floor,
        float[] y,
        int yAt,
        int stride,
        int first,
        int end) {
      for (int r = first; r < end; r++) {
        FloatVector s0 = broadcast(initial[r]);
        FloatVector s1 = s0;
        int last = start[r + 1];
        for (int e = start[r]; e < last; e++) {
          int from = xAt + source[e];
          FloatVector w = broadcast(values[e]);
          s0 = load(x, from).fma(w, s0);
          s1 = load(x, from + LANES).fma(w, s1);
        }
        int to = yAt + r * stride;
        s0.max(floor).intoArray(y, to);
        s1.max(floor).intoArray(y, to + LANES);
      }
    }

    static void one(
        int[] start,
        int[] source,
        float[] values,
        float[] x,
        int xAt,
        float[] initial,
        float floor,
        float[] y,
        int yAt,
        int stride,
        int first,
        int end) {
      for (int r = first; r < end; r++) {
        FloatVector s0 = broadcast(initial[r]);
        int last = start[r + 1];
        for (int e = start[r]; e < last; e++) {
          int from = xAt + source[e];
          FloatVector w = broadcast(values[e]);
          s0 = load(x, from).fma(w, s0);
        }
        int to = yAt + r * stride;
        s0.max(floor).intoArray(y, to);
      }
    }
  }

  /** Backward: so many vectors of positions of one row. */
  private static final class Differentiate {
    static void eight(
        int[] source,
        float[] values,
        int first,
        int end,
        float[] g,
        int gAt,
        float[] x,
        int xAt,
        float[] dx,
        int to,
        float[] lanes) {
      FloatVector x0 = load(x, xAt);
      FloatVector x1 = load(x, xAt + LANES);
      FloatVector x2 = load(x, xAt + 2 * LANES);
      FloatVector x3 = load(x, xAt + 3 * LANES);
      FloatVector x4 = load(x, xAt + 4 * LANES);
      FloatVector x5 = load(x, xAt + 5 * LANES);
      FloatVector x6 = load(x, xAt + 6 * LANES);
      FloatVector x7 = load(x, xAt + 7 * LANES);
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      FloatVector s7 = s0;
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector w = broadcast(values[e]);
        FloatVector g0 = load(g, from);
        s0 = g0.fma(w, s0);
        FloatVector even = g0.fma(x0, load(lanes, lane));
        FloatVector g1 = load(g, from + LANES);
        s1 = g1.fma(w, s1);
        FloatVector odd = g1.fma(x1, PAIRED ? load(lanes, lane + LANES) : even);
        FloatVector g2 = load(g, from + 2 * LANES);
        s2 = g2.fma(w, s2);
        even = g2.fma(x2, PAIRED ? even : odd);
        FloatVector g3 = load(g, from + 3 * LANES);
        s3 = g3.fma(w, s3);
        odd = g3.fma(x3, PAIRED ? odd : even);
        FloatVector g4 = load(g, from + 4 * LANES);
        s4 = g4.fma(w, s4);
        even = g4.fma(x4, PAIRED ? even : odd);
        FloatVector g5 = load(g, from + 5 * LANES);
        s5 = g5.fma(w, s5);
        odd = g5.fma(x5, PAIRED ? odd : even);
        FloatVector g6 = load(g, from + 6 * LANES);
        s6 = g6.fma(w, s6);
        even = g6.fma(x6, PAIRED ? even : odd);
        FloatVector g7 = load(g, from + 7 * LANES);
        s7 = g7.fma(w, s7);
        odd = g7.fma(x7, PAIRED ? odd : even);
        (PAIRED ? even : odd).intoArray(lanes, lane);
        if (PAIRED) {
          odd.intoArray(lanes, lane + LANES);
        }
      }
      s0.intoArray(dx, to);
      s1.intoArray(dx, to + LANES);
      s2.intoArray(dx, to + 2 * LANES);
      s3.intoArray(dx, to + 3 * LANES);
      s4.intoArray(dx, to + 4 * LANES);
      s5.intoArray(dx, to + 5 * LANES);
      s6.intoArray(dx, to + 6 * LANES);
      s7.intoArray(dx, to + 7 * LANES);
    }

    static void four(
        int[] source,
        float[] values,
        int first,
        int end,
        float[] g,
        int gAt,
        float[] x,
        int xAt,
        float[] dx,
        int to,
        float[] lanes) {
      FloatVector x0 = load(x, xAt);
      FloatVector x1 = load(x, xAt + LANES);
      FloatVector x2 = load(x, xAt + 2 * LANES);
      FloatVector x3 = load(x, xAt + 3 * LANES);
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector w = broadcast(values[e]);
        FloatVector g0 = load(g, from);
        s0 = g0.fma(w, s0);
        FloatVector even = g0.fma(x0, load(lanes, lane));
        FloatVector g1 = load(g, from + LANES);
        s1 = g1.fma(w, s1);
        FloatVector odd = g1.fma(x1, PAIRED ? load(lanes, lane + LANES) : even);
        FloatVector g2 = load(g, from + 2 * LANES);
        s2 = g2.fma(w, s2);
        even = g2.fma(x2, PAIRED ? even : odd);
        FloatVector g3 = load(g, from + 3 * LANES);
        s3 = g3.fma(w, s3);
        odd = g3.fma(x3, PAIRED ? odd : even);
        (PAIRED ? even : odd).intoArray(lanes, lane);
        if (PAIRED) {
          odd.intoArray(lanes, lane + LANES);
        }
      }
      s0.intoArray(dx, to);
      s1.intoArray(dx, to + LANES);
      s2.intoArray(dx, to + 2 * LANES);
      s3.intoArray(dx, to + 3 * LANES);
    }

    static void two(
        int[] source,
        float[] values,
        int first,
        int end,
        float[] g,
        int gAt,
        float[] x,
        int xAt,
        float[] dx,
        int to,
        float[] lanes) {
      FloatVector x0 = load(x, xAt);
      FloatVector x1 = load(x, xAt + LANES);
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector w = broadcast(values[e]);
        FloatVector g0 = load(g, from);
        s0 = g0.fma(w, s0);
        FloatVector even = g0.fma(x0, load(lanes, lane));
        FloatVector g1 = load(g, from + LANES);
        s1 = g1.fma(w, s1);
        FloatVector odd = g1.fma(x1, PAIRED ? load(lanes, lane + LANES) : even);
        (PAIRED ? even : odd).intoArray(lanes, lane);
        if (PAIRED) {
          odd.intoArray(lanes, lane + LANES);
        }
      }
      s0.intoArray(dx, to);
      s1.intoArray(dx, to + LANES);
    }

    static void one(
        int[] source,
        float[] values,
        int first,
        int end,
        float[] g,
        int gAt,
        float[] x,
        int xAt,
        float[] dx,
        int to,
        float[] lanes) {
      FloatVector x0 = load(x, xAt);
      FloatVector s0 = FloatVector.zero(FLOATS);
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector w = broadcast(values[e]);
        FloatVector g0 = load(g, from);
        s0 = g0.fma(w, s0);
        FloatVector even = g0.fma(x0, load(lanes, lane));
        even.intoArray(lanes, lane);
      }
      s0.intoArray(dx, to);
    }
  }

  /** Backward without the gradient of the input: so many vectors of positions of one row. */
  private static final class Products {
    static void eight(
        int[] source, int first, int end, float[] g, int gAt, float[] x, int xAt, float[] lanes) {
      FloatVector x0 = load(x, xAt);
      FloatVector x1 = load(x, xAt + LANES);
      FloatVector x2 = load(x, xAt + 2 * LANES);
      FloatVector x3 = load(x, xAt + 3 * LANES);
      FloatVector x4 = load(x, xAt + 4 * LANES);
      FloatVector x5 = load(x, xAt + 5 * LANES);
      FloatVector x6 = load(x, xAt + 6 * LANES);
      FloatVector x7 = load(x, xAt + 7 * LANES);
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector even = load(g, from).fma(x0, load(lanes, lane));
        FloatVector odd = load(g, from + LANES).fma(x1, PAIRED ? load(lanes, lane + LANES) : even);
        even = load(g, from + 2 * LANES).fma(x2, PAIRED ? even : odd);
        odd = load(g, from + 3 * LANES).fma(x3, PAIRED ? odd : even);
        even = load(g, from + 4 * LANES).fma(x4, PAIRED ? even : odd);
        odd = load(g, from + 5 * LANES).fma(x5, PAIRED ? odd : even);
        even = load(g, from + 6 * LANES).fma(x6, PAIRED ? even : odd);
        odd = load(g, from + 7 * LANES).fma(x7, PAIRED ? odd : even);
        (PAIRED ? even : odd).intoArray(lanes, lane);
        if (PAIRED) {
          odd.intoArray(lanes, lane + LANES);
        }
      }
    }

    static void four(
        int[] source, int first, int end, float[] g, int gAt, float[] x, int xAt, float[] lanes) {
      FloatVector x0 = load(x, xAt);
      FloatVector x1 = load(x, xAt + LANES);
      FloatVector x2 = load(x, xAt + 2 * LANES);
      FloatVector x3 = load(x, xAt + 3 * LANES);
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector even = load(g, from).fma(x0, load(lanes, lane));
        FloatVector odd = load(g, from + LANES).fma(x1, PAIRED ? load(lanes, lane + LANES) : even);
        even = load(g, from + 2 * LANES).fma(x2, PAIRED ? even : odd);
        odd = load(g, from + 3 * LANES).fma(x3, PAIRED ? odd : even);
        (PAIRED ? even : odd).intoArray(lanes, lane);
        if (PAIRED) {
          odd.intoArray(lanes, lane + LANES);
        }
      }
    }

    static void two(
        int[] source, int first, int end, float[] g, int gAt, float[] x, int xAt, float[] lanes) {
      FloatVector x0 = load(x, xAt);
      FloatVector x1 = load(x, xAt + LANES);
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector even = load(g, from).fma(x0, load(lanes, lane));
        FloatVector odd = load(g, from + LANES).fma(x1, PAIRED ? load(lanes, lane + LANES) : even);
        (PAIRED ? even : odd).intoArray(lanes, lane);
        if (PAIRED) {
          odd.intoArray(lanes, lane + LANES);
        }
      }
    }

    static void one(
        int[] source, int first, int end, float[] g, int gAt, float[] x, int xAt, float[] lanes) {
      FloatVector x0 = load(x, xAt);
      int lane = 0;
      for (int e = first; e < end; e++, lane += GROUP) {
        int from = gAt + source[e];
        FloatVector even = load(g, from).fma(x0, load(lanes, lane));
        even.intoArray(lanes, lane);
      }
    }
  }
}
