package org.espalier.sparsity;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.base.NearestNames;
import org.espalier.base.Refusal;

/**
 * The masks of all sparse tensors of a network, ordered by tensor name, with a hash by which two
 * processes prove to each other that they hold the same ones.
 *
 * <p>A tensor that is exempt from pruning has a mask that keeps everything, so it counts as dense
 * in {@link #sparsity}. Immutable.
 */
public final class MaskSet {
  private final SortedMap<String, Mask> masks;
  private final byte[] digest;

  private MaskSet(SortedMap<String, Mask> masks, byte[] digest) {
    this.masks = Collections.unmodifiableSortedMap(masks);
    this.digest = digest;
  }

  /** The given masks by tensor name. */
  public static MaskSet of(Map<String, Mask> masks) {
    SortedMap<String, Mask> sorted = new TreeMap<>(masks);
    return new MaskSet(sorted, MaskFile.digest(sorted));
  }

  /** Masks that keep every weight of every tensor. */
  public static MaskSet dense(SparseTensors tensors) {
    SortedMap<String, Mask> masks = new TreeMap<>();
    for (SparseTensor tensor : tensors) {
      masks.put(tensor.name(), Mask.all(tensor.length()));
    }
    return of(masks);
  }

  /** The tensors' names in their natural order. */
  public Set<String> names() {
    return masks.keySet();
  }

  /** The masks by tensor name, in the order of the names; unmodifiable. */
  public SortedMap<String, Mask> byName() {
    return masks;
  }

  /**
   * The mask of one tensor.
   *
   * @throws Refusal if there is none of that name, with the names that come nearest
   */
  public Mask mask(String tensor) {
    Mask mask = masks.get(tensor);
    if (mask == null) {
      throw new Refusal(
          "Cannot find a mask for "
              + tensor
              + " among "
              + masks.size()
              + " masks"
              + (masks.isEmpty() ? "." : ": the nearest are " + nearest(tensor) + "."));
    }
    return mask;
  }

  /** Number of weights in all tensors. */
  public long length() {
    return masks.values().stream().mapToLong(Mask::length).sum();
  }

  /** Number of weights that are kept, in all tensors. */
  public long kept() {
    return masks.values().stream().mapToLong(Mask::kept).sum();
  }

  /**
   * Global sparsity: the fraction of masked weights over all sparse tensors, in [0, 1]; 0 without
   * tensors. Parameters that are not sparse tensors (biases, normalisation) do not count.
   */
  public double sparsity() {
    long length = length();
    return length == 0 ? 0 : (double) (length - kept()) / length;
  }

  /** How many weights this set keeps that {@code earlier}, of the same tensors, had masked. */
  public long reactivatedSince(MaskSet earlier) {
    long count = 0;
    for (Map.Entry<String, Mask> entry : masks.entrySet()) {
      count += entry.getValue().reactivatedSince(earlier.mask(entry.getKey()));
    }
    return count;
  }

  /**
   * SHA-256 in lower-case hexadecimal digits, over every tensor in the order of names: length of
   * the UTF-8 name, name, number of weights, packed words; integers little-endian.
   */
  public String sha256() {
    StringBuilder digits = new StringBuilder(2 * digest.length);
    for (byte b : digest) {
      digits.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return digits.toString();
  }

  /** The first 64 bits of {@link #sha256}, the first byte in the highest place. */
  public long hash() {
    long hash = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      hash = (hash << 8) | (digest[i] & 255);
    }
    return hash;
  }

  /**
   * Checks that these are the masks of exactly these tensors.
   *
   * @throws Refusal if a mask has no tensor, a tensor no mask, or the lengths differ
   */
  public void requireFits(SparseTensors tensors) {
    for (Map.Entry<String, Mask> entry : masks.entrySet()) {
      SparseTensor tensor = tensors.named(entry.getKey());
      if (tensor.length() != entry.getValue().length()) {
        throw new Refusal(
            "Cannot use the mask of "
                + tensor.name()
                + ": it has "
                + entry.getValue().length()
                + " weights and the network's tensor "
                + tensor.length()
                + "; take masks of the same network.");
      }
    }
    for (SparseTensor tensor : tensors) {
      if (!masks.containsKey(tensor.name())) {
        throw new Refusal(
            "Cannot use these masks: they lack one for the network's tensor "
                + tensor.name()
                + "; take masks of the same network.");
      }
    }
  }

  byte[] digest() {
    return digest.clone();
  }

  private String nearest(String tensor) {
    return NearestNames.of(tensor, masks.keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskSet that && masks.equals(that.masks);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash());
  }

  @Override
  public String toString() {
    return "MaskSet[" + masks.size() + " tensors, " + kept() + " of " + length() + " kept]";
  }
}
