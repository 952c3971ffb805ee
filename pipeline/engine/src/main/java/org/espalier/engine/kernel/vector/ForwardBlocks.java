package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.Species.broadcast;
import static org.espalier.engine.kernel.vector.VectorSparse.load;

import jdk.incubator.vector.FloatVector;

/** Forward: so many vectors of positions of every row. */
final class ForwardBlocks {
  private ForwardBlocks() {}

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
