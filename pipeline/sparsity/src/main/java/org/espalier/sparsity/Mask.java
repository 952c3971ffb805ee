package org.espalier.sparsity;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Which weights of one tensor are kept: one bit per weight, set where the weight is kept.
 *
 * <p>Bit {@code i % 64} of word {@code i / 64} belongs to flat index {@code i} of the tensor; bits
 * beyond the length are zero. Immutable.
 */
public final class Mask {
  private final long[] words;
  private final int length;
  private final int kept;

  /** Takes ownership of {@code words}, whose spare bits must be zero. */
  Mask(long[] words, int length) {
    this.words = words;
    this.length = length;
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    this.kept = count;
  }

  /** A mask of {@code length} weights, at least 1, that keeps all of them. */
  public static Mask all(int length) {
    long[] words = new long[wordCount(requireLength(length))];
    Arrays.fill(words, -1L);
    words[words.length - 1] &= lastWord(length);
    return new Mask(words, length);
  }

  /** A mask that keeps the flat indices for which {@code kept} holds. */
  public static Mask where(int length, IntPredicate kept) {
    long[] words = new long[wordCount(requireLength(length))];
    for (int i = 0; i < length; i++) {
      if (kept.test(i)) {
        words[i >>> 6] |= 1L << i;
      }
    }
    return new Mask(words, length);
  }

  /**
   * A mask from packed bits, which are copied.
   *
   * @throws IllegalArgumentException if the number of words is wrong or a spare bit is set
   */
  public static Mask ofWords(long[] words, int length) {
    if (words.length != wordCount(requireLength(length))) {
      throw new IllegalArgumentException(
          "Cannot read a mask of "
              + length
              + " weights from "
              + words.length
              + " words: it takes "
              + wordCount(length));
    }
    if ((words[words.length - 1] & ~lastWord(length)) != 0) {
      throw new IllegalArgumentException(
          "Cannot read a mask of " + length + " weights: a bit beyond its length is set");
    }
    return new Mask(words.clone(), length);
  }

  /** Number of weights, masked or not. */
  public int length() {
    return length;
  }

  /** Number of weights that are kept. */
  public int kept() {
    return kept;
  }

  /** Fraction of masked weights, in [0, 1]. */
  public double sparsity() {
    return (double) (length - kept) / length;
  }

  /** Whether the weight at flat index {@code i} of the tensor is kept. */
  public boolean isKept(int i) {
    if (i < 0 || i >= length) {
      throw new IndexOutOfBoundsException(
          "Cannot look up weight " + i + " in a mask of " + length + " weights");
    }
    return ((words[i >>> 6] >>> i) & 1) != 0;
  }

  /** Number of 64-bit words, the last one padded with zero bits. */
  public int wordCount() {
    return words.length;
  }

  /** Bits of the weights {@code 64 w ... 64 w + 63}, the lowest index in the lowest bit. */
  public long word(int w) {
    return words[w];
  }

  /**
   * The bits of the weights {@code from ... from + length - 1} as words of their own, the first in
   * the lowest bit of the first; bits beyond the range are zero.
   */
  public long[] bits(int from, int length) {
    long[] bits = new long[wordCount(length)];
    for (int w = 0; w < bits.length; w++) {
      int first = (from >>> 6) + w;
      bits[w] = words[first] >>> from;
      if ((from & 63) != 0 && first + 1 < words.length) {
        bits[w] |= words[first + 1] << -from;
      }
    }
    bits[bits.length - 1] &= lastWord(length);
    return bits;
  }

  /** Writes 1 for kept and 0 for masked weights to {@code out[offset ... offset + length - 1]}. */
  public void unpack(float[] out, int offset) {
    requireRoom(out, offset);
    for (int w = 0; w < words.length; w++) {
      long word = words[w];
      int from = offset + (w << 6);
      int to = Math.min(from + 64, offset + length);
      for (int i = from; i < to; i++) {
        out[i] = word & 1;
        word >>>= 1;
      }
    }
  }

  /** Sets masked weights of {@code vector[offset ... offset + length - 1]} to (positive) zero. */
  public void apply(float[] vector, int offset) {
    requireRoom(vector, offset);
    for (int w = 0; w < words.length; w++) {
      long masked = ~words[w] & (w == words.length - 1 ? lastWord(length) : -1L);
      int from = offset + (w << 6);
      while (masked != 0) {
        vector[from + Long.numberOfTrailingZeros(masked)] = 0f;
        masked &= masked - 1;
      }
    }
  }

  /** The mask that keeps what both keep. */
  public Mask and(Mask other) {
    requireSameLength(other);
    long[] both = new long[words.length];
    for (int w = 0; w < both.length; w++) {
      both[w] = words[w] & other.words[w];
    }
    return new Mask(both, length);
  }

  /** The mask that keeps what one of the two keeps. */
  public Mask or(Mask other) {
    requireSameLength(other);
    long[] either = new long[words.length];
    for (int w = 0; w < either.length; w++) {
      either[w] = words[w] | other.words[w];
    }
    return new Mask(either, length);
  }

  /** How many weights this mask keeps that {@code earlier} had masked. */
  public int reactivatedSince(Mask earlier) {
    requireSameLength(earlier);
    int count = 0;
    for (int w = 0; w < words.length; w++) {
      count += Long.bitCount(words[w] & ~earlier.words[w]);
    }
    return count;
  }

  /**
   * Tells of the weights in a range that this mask keeps and that {@code earlier} had masked, in
   * rising order.
   *
   * @param from first weight of the range
   * @param length number of weights of the range, at least 1
   * @param weight hears of each, counted from {@code from}
   */
  public void forEachReactivatedSince(Mask earlier, int from, int length, IntConsumer weight) {
    requireSameLength(earlier);
    long[] before = earlier.bits(from, length);
    long[] now = bits(from, length);
    for (int w = 0; w < now.length; w++) {
      for (long back = now[w] & ~before[w]; back != 0; back &= back - 1) {
        weight.accept((w << 6) + Long.numberOfTrailingZeros(back));
      }
    }
  }

  static int wordCount(int length) {
    return (length + 63) >>> 6;
  }

  /** The bits of the last word that belong to a weight. */
  static long lastWord(int length) {
    return -1L >>> -length;
  }

  private static int requireLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "Cannot make a mask of " + length + " weights: it must have at least 1");
    }
    return length;
  }

  private void requireSameLength(Mask other) {
    if (other.length != length) {
      throw new IllegalArgumentException(
          "Cannot compare a mask of " + length + " weights with one of " + other.length);
    }
  }

  private void requireRoom(float[] vector, int offset) {
    if (offset < 0 || offset > vector.length - length) {
      throw new IllegalArgumentException(
          "Cannot use a mask of "
              + length
              + " weights at offset "
              + offset
              + " of a vector of "
              + vector.length);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && length == that.length && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(words) + length;
  }

  @Override
  public String toString() {
    return "Mask[" + kept + " of " + length + " kept]";
  }
}
