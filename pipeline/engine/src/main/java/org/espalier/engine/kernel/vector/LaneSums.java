package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.sparse.SparseLanes.GROUP;
import static org.espalier.engine.kernel.vector.VectorSparse.load;

import jdk.incubator.vector.FloatVector;

/**
 * The sums of many groups of {@link org.espalier.engine.kernel.sparse.SparseLanes#GROUP} floats:
 * first all groups are folded to a quarter in lanes, then their quarters are added up. Vectors are
 * as wide as everywhere; what they hold beyond a quarter is not used.
 */
final class LaneSums {
  private static final int QUARTER = GROUP / 4;

  private LaneSums() {}

  /**
   * Adds the sums of the first groups to {@code sums[first]} and following.
   *
   * @param lanes groups one after the other, and the length of one more; overwritten
   */
  static void add(float[] lanes, int groups, float[] sums, int first) {
    for (int group = 0; group < groups; group++) {
      int at = group * GROUP;
      FloatVector even = load(lanes, at).add(load(lanes, at + 2 * QUARTER));
      FloatVector odd = load(lanes, at + QUARTER).add(load(lanes, at + 3 * QUARTER));
      even.add(odd).intoArray(lanes, group * QUARTER);
    }
    for (int group = 0; group < groups; group++) {
      int i = group * QUARTER;
      sums[first + group] += (lanes[i] + lanes[i + 2]) + (lanes[i + 1] + lanes[i + 3]);
    }
  }
}
