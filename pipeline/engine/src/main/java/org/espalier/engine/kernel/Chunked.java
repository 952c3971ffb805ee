package org.espalier.engine.kernel;

import java.util.Arrays;

/**
 * Runs a pass over flat float32 vectors in pieces that fit into the first-level cache, on all
 * threads of the team. How a vector is cut, and the order in which what the pieces return is
 * summed, depend on its length alone. Used by one thread at a time.
 */
abstract class Chunked {
  /** Values per piece, at most. */
  static final int CHUNK = 2048;

  private static final int CHUNKS_PER_SLICE = 8;

  private static final int RUN = 64;

  /** At most as many slices. */
  static final int SLICES = 16;

  static final float VANISHING = AdamLanes.VANISHING;

  final LaneMath math;
  private final double[] sums = new double[SLICES];
  private final Team.Part part = this::slice;
  private Scratch[] scratch = {new Scratch()};
  private Chunk work;
  private int length;
  private int chunk;
  private int chunksPerSlice;

  Chunked(LaneMath math) {
    this.math = math;
  }

  /** What is done with one piece. */
  @FunctionalInterface
  interface Chunk {
    /** Computes {@code size} values from {@code from} on and returns what is to be summed. */
    double run(int from, int size, int slice, Scratch scratch);
  }

  /** Arrays of one thread. */
  static final class Scratch {
    final float[] a = array();
    final float[] b = array();
    final float[] c = array();
    final float[] d = array();

    private static float[] array() {
      return new float[CHUNK + LaneMath.PADDING];
    }
  }

  /** Number of slices into which {@link #each} cuts a vector. */
  static int slices(int length, int chunk) {
    return cut(length, chunksPerSlice(length, chunk) * chunk);
  }

  /** Runs the work on all pieces and returns the sum of what they return, in their order. */
  final double each(int total, int pieceLength, Chunk pass) {
    Team team = Team.ofThread();
    while (scratch.length < team.size()) {
      scratch = Arrays.copyOf(scratch, scratch.length + 1);
      scratch[scratch.length - 1] = new Scratch();
    }
    work = pass;
    length = total;
    chunk = pieceLength;
    chunksPerSlice = chunksPerSlice(total, pieceLength);
    int count = slices(total, pieceLength);
    Arrays.fill(sums, 0);
    team.run(count, part);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += sums[i];
    }
    return sum;
  }

  /** Sums in double precision what four interleaved sums in float32 give, a run at a time. */
  static double sum(float[] values, int count) {
    double total = 0;
    int i = 0;
    for (; i + RUN <= count; i += RUN) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int j = i; j < i + RUN; j += 4) {
        s0 += values[j];
        s1 += values[j + 1];
        s2 += values[j + 2];
        s3 += values[j + 3];
      }
      total += (double) (s0 + s1) + (s2 + s3);
    }
    for (; i < count; i++) {
      total += values[i];
    }
    return total;
  }

  /**
   * Draws a number towards zero by {@value #VANISHING}: what is nearer vanishes before it, or what
   * it is multiplied with, becomes subnormal, which would cost a hundred times the arithmetic.
   */
  static float drawnToZero(float x) {
    return Math.max(x - VANISHING, 0f) + Math.min(x + VANISHING, 0f);
  }

  /** The sum of at most {@value #CHUNK} values, in float32 by eights; overwrites them. */
  final double foldedSum(float[] values, int count) {
    int padded = padded(values, count, 0f);
    math.addEights(values, padded);
    return sum(values, padded / 8);
  }

  /** Fills up to a multiple of {@value LaneMath#EIGHTS} and returns that. */
  static int padded(float[] values, int count, float neutral) {
    int padded = cut(count, LaneMath.EIGHTS) * LaneMath.EIGHTS;
    Arrays.fill(values, count, padded, neutral);
    return padded;
  }

  static void requireLength(String name, Values values, int length) {
    if (values.length() != length) {
      throw new IllegalArgumentException(
          "Cannot compute: %s has %d values where %d belong."
              .formatted(name, values.length(), length));
    }
  }

  private void slice(int slice, int member) {
    int first = slice * chunksPerSlice * chunk;
    int end = (int) Math.min(length, (long) first + (long) chunksPerSlice * chunk);
    double sum = 0;
    for (int from = first; from < end; from += chunk) {
      sum += work.run(from, Math.min(chunk, end - from), slice, scratch[member]);
    }
    sums[slice] = sum;
  }

  private static int chunksPerSlice(int length, int chunk) {
    return Math.max(CHUNKS_PER_SLICE, cut(cut(length, chunk), SLICES));
  }

  private static int cut(int length, int piece) {
    return (length + piece - 1) / piece;
  }
}
