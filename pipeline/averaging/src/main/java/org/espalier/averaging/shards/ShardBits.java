package org.espalier.averaging.shards;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.espalier.averaging.exchange.MessageLength;
import org.espalier.engine.replica.RunningMoments;

/** Which values of one shard travel. */
public final class ShardBits {
  private final long[] words;
  private final int size;
  private final int set;

  /** Takes ownership of the words, whose bits beyond {@code size} are zero. */
  public ShardBits(long[] words, int size) {
    this.words = words;
    this.size = size;
    this.set = Arrays.stream(words).mapToInt(Long::bitCount).sum();
  }

  /** Number of entries of the shard. */
  public int size() {
    return size;
  }

  /** Number of values that travel. */
  public int set() {
    return set;
  }

  /** Whether every entry travels. */
  public boolean all() {
    return set == size;
  }

  /** Length of the encoded form. */
  public int bytes() {
    return 1 + (all() ? 0 : words.length * Long.BYTES);
  }

  /** Writes this in {@link #bytes()} bytes. */
  public void write(ByteBuffer out) {
    out.put((byte) (all() ? 1 : 0));
    if (!all()) {
      for (long word : words) {
        out.putLong(word);
      }
    }
  }

  /** The bits of a shard of which every entry travels. */
  public static ShardBits all(int size) {
    long[] words = new long[(size + 63) >>> 6];
    Arrays.fill(words, -1L);
    words[words.length - 1] &= -1L >>> -size;
    return new ShardBits(words, size);
  }

  /** The bits that a message goes on with, of a shard of this size. */
  public static ShardBits read(ByteBuffer in, int size) {
    if (in.get() == 1) {
      return all(size);
    }
    long[] words = new long[MessageLength.require((size + 63) >>> 6, Long.BYTES, in)];
    for (int w = 0; w < words.length; w++) {
      words[w] = in.getLong();
    }
    return new ShardBits(words, size);
  }

  /** Number of values that travel before this one. */
  public int rank(int value) {
    int rank = 0;
    for (int w = 0; w < value >>> 6; w++) {
      rank += Long.bitCount(words[w]);
    }
    return (value & 63) == 0 ? rank : rank + Long.bitCount(words[value >>> 6] << -value);
  }

  /** Where running moments, all of whose entries travel, are among the values that do. */
  public List<RunningMoments> among(List<RunningMoments> moments) {
    return moments.stream()
        .map(
            each ->
                new RunningMoments(
                    rank(each.mean()), rank(each.spread()), each.channels(), each.form()))
        .toList();
  }

  /** Appends the values that travel. */
  public void gather(float[] values, FloatBuffer out) {
    if (all()) {
      out.put(values, 0, size);
      return;
    }
    for (int w = 0; w < words.length; w++) {
      gather(values, words[w], w << 6, out);
    }
  }

  /** Appends the values that do not travel. */
  public void gatherOthers(float[] values, FloatBuffer out) {
    for (int w = 0; w < words.length; w++) {
      gather(values, others(w), w << 6, out);
    }
  }

  /** Whether two vectors have the same values, as Java compares them, where none travels. */
  public boolean sameOthers(float[] values, FloatBuffer other) {
    float[] mixed = new float[size];
    other.get(0, mixed);
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int i = (w << 6) + Long.numberOfTrailingZeros(word);
        mixed[i] = values[i];
      }
    }
    return Arrays.equals(mixed, 0, size, values, 0, size);
  }

  /** Puts values in order where values do not travel. */
  public void scatterOthers(FloatBuffer in, FloatBuffer out) {
    for (int w = 0; w < words.length; w++) {
      for (long word = others(w); word != 0; word &= word - 1) {
        out.put((w << 6) + Long.numberOfTrailingZeros(word), in.get());
      }
    }
  }

  /** Puts values in order where values travel. */
  public void scatter(FloatBuffer in, FloatBuffer out) {
    if (all()) {
      out.put(0, in, in.position(), size);
      return;
    }
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        out.put((w << 6) + Long.numberOfTrailingZeros(word), in.get());
      }
    }
  }

  private long others(int w) {
    return ~words[w] & (w == words.length - 1 ? -1L >>> -size : -1L);
  }

  private static void gather(float[] values, long word, int from, FloatBuffer out) {
    for (long left = word; left != 0; left &= left - 1) {
      out.put(values[from + Long.numberOfTrailingZeros(left)]);
    }
  }
}
