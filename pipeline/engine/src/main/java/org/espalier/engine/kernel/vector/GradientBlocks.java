package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.sparse.SparseLanes.GROUP;
import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.VectorSparse.PAIRED;
import static org.espalier.engine.kernel.vector.VectorSparse.load;

import jdk.incubator.vector.FloatVector;

/** Backward without the gradient of the input: so many vectors of positions of one row. */
final class GradientBlocks {
  private GradientBlocks() {}

  static void eight(
      int[] source,
      int first,
      int end,
      float[] g,
      int gAt,
      float[] x,
      int xAt,
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
      int[] source,
      int first,
      int end,
      float[] g,
      int gAt,
      float[] x,
      int xAt,
      float[] lanes,
      int lane) {
    FloatVector x0 = load(x, xAt);
    FloatVector x1 = load(x, xAt + LANES);
    FloatVector x2 = load(x, xAt + 2 * LANES);
    FloatVector x3 = load(x, xAt + 3 * LANES);
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
      int[] source,
      int first,
      int end,
      float[] g,
      int gAt,
      float[] x,
      int xAt,
      float[] lanes,
      int lane) {
    FloatVector x0 = load(x, xAt);
    FloatVector x1 = load(x, xAt + LANES);
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
      int[] source,
      int first,
      int end,
      float[] g,
      int gAt,
      float[] x,
      int xAt,
      float[] lanes,
      int lane) {
    FloatVector x0 = load(x, xAt);
    for (int e = first; e < end; e++, lane += GROUP) {
      int from = gAt + source[e];
      FloatVector even = load(g, from).fma(x0, load(lanes, lane));
      even.intoArray(lanes, lane);
    }
  }
}
