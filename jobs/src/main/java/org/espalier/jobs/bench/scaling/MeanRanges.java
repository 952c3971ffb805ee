package org.espalier.jobs.bench.scaling;

/**
 * The tree along which gradients are averaged: a range of n workers is split after the largest
 * power of two below n, and a mean leaves where not all workers of the range above it are.
 */
final class MeanRanges {
  private MeanRanges() {}

  /** Number of means that workers {@code from ... end - 1} of so many hand on. */
  static int leaving(int from, int end, int workers) {
    return leaving(from, end, 0, workers);
  }

  private static int leaving(int from, int end, int first, int last) {
    if (end <= first || last <= from) {
      return 0;
    }
    if (from <= first && last <= end) {
      return 1;
    }
    int middle = first + Integer.highestOneBit(last - first - 1);
    return leaving(from, end, first, middle) + leaving(from, end, middle, last);
  }
}
