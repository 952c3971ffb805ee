package org.espalier.engine.kernel;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One tensor as an optimiser sees it: parts of the flat vectors, all of one length.
 *
 * <p>The mask, where there is one, has a set bit for every weight that is kept, bit {@code i % 64}
 * of word {@code i / 64} for weight i; it zeroes the loss gradient of the others. Weight decay and
 * what the optimiser remembers reach every weight (as in the library behind the paper's numbers).
 */
public final class Trained {
  final Values weights;
  final Values gradient;
  final Values first;
  final Values second;
  private long[] kept;

  /**
   * A tensor.
   *
   * @param gradient becomes what is to be subtracted from the weights
   * @param first velocity or first moment, null where the rule has none
   * @param second second moment, null where the rule has none
   */
  public Trained(Values weights, Values gradient, Values first, Values second) {
    this.weights = weights;
    this.gradient = gradient;
    this.first = first;
    this.second = second;
    Chunked.requireLength("the gradient", gradient, weights.length());
  }

  /**
   * Masks the loss gradient from now on; null ends that. The words are not copied.
   *
   * @throws IllegalArgumentException if there are too few words
   */
  public void mask(long[] words) {
    if (words != null && words.length * (long) Long.SIZE < weights.length()) {
      throw new IllegalArgumentException(
          "Cannot mask %d weights with %d words of 64 bits: too few."
              .formatted(weights.length(), words.length));
    }
    kept = words;
  }

  /** Makes a weight, and what the optimiser remembers of it, zero. */
  public void clear(int index) {
    weights.set(index, 0);
    if (first != null) {
      first.set(index, 0);
    }
    if (second != null) {
      second.set(index, 0);
    }
  }

  /** What is remembered of the weights, besides them; the first of them the weights. */
  List<Values> vectors() {
    return Stream.of(weights, first, second).filter(Objects::nonNull).toList();
  }

  /** A tensor of the weights of some indices, with new memory, and their state as it is now. */
  public Trained compact(int[] indices) {
    Trained compact =
        new Trained(
            Values.floats(indices.length),
            Values.floats(indices.length),
            first == null ? null : Values.floats(indices.length),
            second == null ? null : Values.floats(indices.length));
    float[] copy = new float[indices.length];
    for (int i = 0; i < vectors().size(); i++) {
      FloatValues.require(vectors().get(i)).gather(indices, copy);
      FloatValues.require(compact.vectors().get(i)).write(0, copy, copy.length);
    }
    FloatValues.require(gradient).gather(indices, copy);
    FloatValues.require(compact.gradient).write(0, copy, copy.length);
    return compact;
  }

  /** Takes weights, and what is remembered of them, back from a {@link #compact} tensor. */
  public void expand(int[] indices, Trained compact) {
    float[] copy = new float[indices.length];
    for (int i = 0; i < vectors().size(); i++) {
      FloatValues.require(compact.vectors().get(i)).read(0, copy, copy.length);
      FloatValues.require(vectors().get(i)).scatter(indices, copy);
    }
  }

  /**
   * Makes what is remembered of some weights zero while a {@link #compact} tensor remembers it, so
   * that steps without a gradient find nothing to do there.
   */
  public void forget(int[] indices) {
    float[] zeros = new float[indices.length];
    vectors().stream()
        .skip(1)
        .forEach(memory -> FloatValues.require(memory).scatter(indices, zeros));
  }

  /** The weights. */
  public Values weights() {
    return weights;
  }

  /** The gradient. */
  public Values gradient() {
    return gradient;
  }

  /** Ends the use of its memory. */
  public void release() {
    vectors().forEach(Values::release);
    gradient.release();
  }

  /** Masks the loss gradient as that of another tensor is masked. */
  void maskAs(Trained other) {
    mask(other.kept);
  }

  /** Number of weights. */
  public int length() {
    return weights.length();
  }

  boolean masked() {
    return kept != null;
  }

  boolean keeps(int index) {
    return kept == null || MaskBits.keeps(kept, index);
  }

  /**
   * Zeroes the masked ones, whatever they are, of {@code count} values that belong to the weights
   * from {@code from}.
   */
  void zeroMasked(int from, float[] values, int count) {
    MaskBits.keep(kept, from, values, count);
  }
}
