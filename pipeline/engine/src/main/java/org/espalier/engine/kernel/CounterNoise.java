package org.espalier.engine.kernel;

/**
 * Numbers hashed from key and index by two rounds of a 32-bit mixing function. Normal numbers come
 * in pairs (Box and Muller 1958): in every group of {@value #GROUP} the first half are the cosines
 * of the pairs, the second half their sines.
 */
final class CounterNoise extends Noise {
  /** Numbers per group of pairs. */
  static final int GROUP = 32;

  static final int HALF = GROUP / 2;
  private static final double TO_UNIT = 0x1.0p-24;

  private final int first;
  private final int second;

  CounterNoise(long key) {
    this.first = (int) key;
    this.second = (int) (key >>> 32);
  }

  /** Mixes 32 bits (Wellons 2018, lowbias32). */
  static int mix(int bits) {
    int x = (bits ^ (bits >>> 16)) * 0x7feb352d;
    x = (x ^ (x >>> 15)) * 0x846ca68b;
    return x ^ (x >>> 16);
  }

  /** The 24 random bits of an index in the stream of a key. */
  static int bits(int first, int second, int index) {
    return mix(mix(index + first) ^ second) >>> 8;
  }

  @Override
  public double uniform(int index) {
    return bits(first, second, index) * TO_UNIT;
  }

  @Override
  double normal(int index) {
    int pair = (index & -GROUP) + (index & (HALF - 1));
    double radius = (bits(first, second, pair) + 1) * TO_UNIT;
    double turn = bits(first, second, pair + HALF) * TO_UNIT * 2 * Math.PI;
    double angle = (index & HALF) == 0 ? Math.cos(turn) : Math.sin(turn);
    return Math.sqrt(-2 * Math.log(radius)) * angle;
  }

  @Override
  void normals(int from, float[] to, int count, LaneMath math) {
    if ((from & (GROUP - 1)) == 0) {
      int whole = (count + GROUP - 1) & -GROUP;
      math.uniforms(first, second, from, to, whole);
      math.normals(to, whole);
      return;
    }
    float[] group = new float[GROUP];
    for (int start = from & -GROUP; start < from + count; start += GROUP) {
      math.uniforms(first, second, start, group, GROUP);
      math.normals(group, GROUP);
      int low = Math.max(start, from);
      int high = Math.min(start + GROUP, from + count);
      System.arraycopy(group, low - start, to, low - from, high - low);
    }
  }

  @Override
  public void uniforms(int from, float[] to, int count, LaneMath math) {
    math.uniforms(first, second, from, to, count);
  }
}
