package org.espalier.base;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers as a pure function of what they are for: a key is folded from a seed and names
 * (epoch, step, worker, tensor ...), and the numbers of that key are addressed by index.
 *
 * <p>Nothing here has state, so the same question gives the same bits on every machine, in every
 * order and after every retry. The mixing function is the 64-bit finaliser of SplitMix64 (Steele,
 * Lea, Flood 2014, variant 13 of Stafford).
 */
public final class Mix64 {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double TO_UNIT = 0x1.0p-53;

  private Mix64() {}

  /** A bijection of 64 bits in which every input bit changes about half of the output bits. */
  public static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  /** The key that follows from {@code seed} and {@code parts}, in their order. */
  public static long key(long seed, long... parts) {
    long key = mix(seed + GOLDEN);
    for (long part : parts) {
      key = mix(key ^ mix(part + GOLDEN));
    }
    return key;
  }

  /** The 64 bits of a name, to be used as a part of a key. */
  public static long of(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    long hash = bytes.length;
    for (byte b : bytes) {
      hash = mix(hash * GOLDEN + b);
    }
    return hash;
  }

  /** The {@code index}-th 64-bit number of a key. */
  public static long at(long key, long index) {
    return mix(key + (index + 1) * GOLDEN);
  }

  /** The {@code index}-th number of a key in [0, 1), with 53 random bits. */
  public static double unit(long key, long index) {
    return (at(key, index) >>> 11) * TO_UNIT;
  }

  /** The {@code index}-th number of a key in [0, bound). */
  public static int below(int bound, long key, long index) {
    if (bound < 1) {
      throw new IllegalArgumentException("Cannot draw below " + bound + ": it must be at least 1");
    }
    return (int) Math.multiplyHigh(at(key, index) >>> 1, (long) bound << 1);
  }

  /** A permutation of 0 ... size-1 that is a function of the key (Fisher and Yates). */
  public static int[] permutation(int size, long key) {
    int[] order = new int[size];
    for (int i = 1; i < size; i++) {
      int j = below(i + 1, key, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
