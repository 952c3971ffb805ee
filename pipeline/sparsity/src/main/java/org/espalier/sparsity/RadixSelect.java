package org.espalier.sparsity;

import java.util.Arrays;

/**
 * The k-th largest of many floats without sorting them: two passes over the scores, the first
 * counting their upper 16 bits, the second the lower 16 bits of those that share the right upper
 * ones.
 *
 * <p>Scores may come in several parts; both passes have to see all of them. Negative and positive
 * zero are equal. Holds 256 KiB of counters, whatever the number of scores; not for several
 * threads.
 */
final class RadixSelect {
  static final int PASSES = 2;

  private static final int BITS = 16;
  private static final int BUCKETS = 1 << BITS;
  private static final int LOWER = BUCKETS - 1;

  /** Upper halves, at either end, that NaNs have and besides them only infinities. */
  private static final int NAN_BUCKETS = 1 << 7;

  private final int[] counts = new int[BUCKETS];
  private boolean upperKnown;
  private int upper;
  private int lower;
  private long rank;
  private long excess;

  /** The order of the scores as an order of ints. */
  static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** Starts the search for the {@code wantedRank}-th largest score, 1 being the largest. */
  void begin(long wantedRank) {
    upperKnown = false;
    rank = wantedRank;
    Arrays.fill(counts, 0);
  }

  /** Lets the current pass see {@code scores[0 ... tensor.length() - 1]}. */
  void count(SparseTensor tensor, float[] scores) {
    if (upperKnown) {
      countLower(scores, tensor.length());
    } else {
      countUpper(scores, tensor.length());
      refuseNaN(tensor, scores);
    }
  }

  /** Ends the current pass. */
  void narrow() {
    int bucket = BUCKETS - 1;
    while (counts[bucket] < rank) {
      rank -= counts[bucket];
      bucket--;
    }
    if (upperKnown) {
      lower = bucket;
      excess = counts[bucket] - rank;
    } else {
      upper = bucket;
      upperKnown = true;
      Arrays.fill(counts, 0);
    }
  }

  /** After all passes: the {@link #key} of the score at the wanted rank. */
  int threshold() {
    return ((upper << BITS) | lower) ^ Integer.MIN_VALUE;
  }

  /** After all passes: how many scores equal to the threshold have a rank beyond the wanted one. */
  long excessEquals() {
    return excess;
  }

  private void countUpper(float[] scores, int length) {
    for (int i = 0; i < length; i++) {
      counts[(key(scores[i]) ^ Integer.MIN_VALUE) >>> BITS]++;
    }
  }

  private void countLower(float[] scores, int length) {
    for (int i = 0; i < length; i++) {
      int key = key(scores[i]) ^ Integer.MIN_VALUE;
      if (key >>> BITS == upper) {
        counts[key & LOWER]++;
      }
    }
  }

  private void refuseNaN(SparseTensor tensor, float[] scores) {
    boolean suspicious = false;
    for (int bucket = 0; bucket < NAN_BUCKETS; bucket++) {
      suspicious |= counts[bucket] != 0 || counts[BUCKETS - 1 - bucket] != 0;
    }
    for (int i = 0; suspicious && i < tensor.length(); i++) {
      if (Float.isNaN(scores[i])) {
        throw new NotANumberScoreException(tensor.name(), i);
      }
    }
  }
}
