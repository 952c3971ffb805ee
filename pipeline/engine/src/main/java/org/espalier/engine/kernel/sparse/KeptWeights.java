package org.espalier.engine.kernel.sparse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The weights of one tensor that a mask keeps, in flat order, and the structures that maps of a
 * shape have made of them. Shared by the replicas of a process; thread-safe.
 */
public final class KeptWeights {
  private final int[] index;
  private final int length;
  private final Map<Object, Object> structures = new ConcurrentHashMap<>();

  private KeptWeights(int[] index, int length) {
    this.index = index;
    this.length = length;
  }

  /**
   * The weights whose bits are set.
   *
   * @param words bit {@code i % 64} of word {@code i / 64} is set if weight i is kept
   * @param length of the tensor
   */
  public static KeptWeights of(long[] words, int length) {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    int[] index = new int[count];
    int at = 0;
    for (int w = 0; w < words.length; w++) {
      for (long rest = words[w]; rest != 0; rest &= rest - 1) {
        index[at++] = w * Long.SIZE + Long.numberOfTrailingZeros(rest);
      }
    }
    return new KeptWeights(index, length);
  }

  /** Number of kept weights. */
  public int count() {
    return index.length;
  }

  /** Number of weights of the tensor. */
  public int length() {
    return length;
  }

  /** Index in the tensor of the kept weight of a number. */
  public int index(int number) {
    return index[number];
  }

  /** The indices of all kept weights, ascending; not to be changed. */
  public int[] indices() {
    return index;
  }

  /** What a map of a shape makes of these weights, made at the first call for that shape. */
  public <S extends Record, T> T structure(S shape, Class<T> type, Function<S, T> maker) {
    return type.cast(structures.computeIfAbsent(shape, ignored -> maker.apply(shape)));
  }
}
