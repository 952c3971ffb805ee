package org.espalier.averaging.shards;

import java.util.Arrays;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;

/**
 * The entries of a vector that can differ between workers: one bit per entry. Those of masked
 * weights, and what the optimiser remembers of them, cannot, and stay where they are.
 */
public final class TravellingEntries {
  private final long[] bits;

  private TravellingEntries(long[] bits) {
    this.bits = bits;
  }

  /** All of them. */
  public static TravellingEntries all(int length) {
    long[] bits = new long[(length >> 6) + 2];
    Arrays.fill(bits, -1L);
    return new TravellingEntries(bits);
  }

  /** Those that these masks leave. */
  public static TravellingEntries under(VectorLayout vector, SparseTensors tensors, MaskSet masks) {
    TravellingEntries all = all(vector.length());
    if (vector.masked() == VectorLayout.MaskedEntries.MAY_DIFFER) {
      return all;
    }
    for (SparseTensor tensor : tensors) {
      Mask mask = masks.mask(tensor.name());
      if (mask.kept() < mask.length()) {
        all.hold(vector, tensor, mask);
      }
    }
    return all;
  }

  /** The parameters that these masks keep. */
  public static TravellingEntries kept(int parameters, SparseTensors tensors, MaskSet masks) {
    TravellingEntries all = all(parameters);
    for (SparseTensor tensor : tensors) {
      all.copy(masks.mask(tensor.name()), 0, tensor.offset(), tensor.length());
    }
    return all;
  }

  private void hold(VectorLayout vector, SparseTensor tensor, Mask mask) {
    copy(mask, 0, tensor.offset(), tensor.length());
    for (VectorLayout.Memory memory : vector.memories()) {
      int from = Math.max(tensor.offset(), memory.parameter());
      int to = Math.min(tensor.end(), memory.parameter() + memory.length());
      if (from < to) {
        copy(mask, from - tensor.offset(), memory.at() + from - memory.parameter(), to - from);
      }
    }
  }

  private void copy(Mask mask, int from, int at, int length) {
    for (int done = 0; done < length; done += Long.SIZE) {
      int size = Math.min(Long.SIZE, length - done);
      put(at + done, word(mask, from + done), -1L >>> (Long.SIZE - size));
    }
  }

  private static long word(Mask mask, int from) {
    int w = from >>> 6;
    long word = mask.word(w) >>> from;
    return (from & 63) == 0 || w + 1 == mask.wordCount()
        ? word
        : word | (mask.word(w + 1) << -from);
  }

  private void put(int at, long word, long which) {
    int w = at >>> 6;
    bits[w] = (bits[w] & ~(which << at)) | ((word & which) << at);
    if ((at & 63) != 0) {
      bits[w + 1] = (bits[w + 1] & ~(which >>> -at)) | ((word & which) >>> -at);
    }
  }

  /** The bits of the entries {@code at ... at + 63}, the first in the lowest bit. */
  long word(int at) {
    int w = at >>> 6;
    return (at & 63) == 0 ? bits[w] : (bits[w] >>> at) | (bits[w + 1] << -at);
  }

  /** The bits of a shard as whole words, bits beyond its size zero. */
  public long[] shard(int start, int size) {
    long[] words = new long[(size + 63) >>> 6];
    for (int w = 0; w < words.length; w++) {
      words[w] = word(start + (w << 6));
    }
    words[words.length - 1] &= -1L >>> -size;
    return words;
  }
}
