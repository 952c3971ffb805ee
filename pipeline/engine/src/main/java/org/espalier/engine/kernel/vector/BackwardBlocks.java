package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.sparse.SparseLanes.GROUP;
import static org.espalier.engine.kernel.vector.Species.FLOATS;
import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.Species.broadcast;
import static org.espalier.engine.kernel.vector.VectorSparse.PAIRED;
import static org.espalier.engine.kernel.vector.VectorSparse.load;

import jdk.incubator.vector.FloatVector;

/** Backward: so many vectors of positions of one row. */
final class BackwardBlocks {
  private BackwardBlocks() {}

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
      float[] lanes,
      int lane) {
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
      float[] lanes,
      int lane) {
    FloatVector x0 = load(x, xAt);
    FloatVector x1 = load(x, xAt + LANES);
    FloatVector x2 = load(x, xAt + 2 * LANES);
    FloatVector x3 = load(x, xAt + 3 * LANES);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
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
      float[] lanes,
      int lane) {
    FloatVector x0 = load(x, xAt);
    FloatVector x1 = load(x, xAt + LANES);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
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
      float[] lanes,
      int lane) {
    FloatVector x0 = load(x, xAt);
    FloatVector s0 = FloatVector.zero(FLOATS);
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
