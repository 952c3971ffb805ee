package org.espalier.engine.transformer;

import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Attention;
import org.espalier.engine.kernel.sequence.AttentionShape;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;
import org.espalier.engine.kernel.sequence.Dropout;
import org.espalier.engine.kernel.sequence.SequenceKernels;

/**
 * Keys and values of the tokens before, of all hypotheses, for one layer: `[width, hypotheses,
 * capacity]`, of which the tokens so far are filled. The capacity doubles when it is used up; what
 * is not filled is no segment of a query's. Owns its memory until closed.
 */
final class KeptKeys implements AutoCloseable {
  private static final int FIRST_CAPACITY = 16;

  private final TransformerShape shape;
  private final int hypotheses;
  private final SequenceKernels kernels;
  private final Values like;
  private final SpareMemory spare;
  private final Values querySegments;
  private Attention attention;
  private Values attentionWeights;
  private Values keys;
  private Values values;
  private Values segments;
  private int capacity;
  private int filled;

  /**
   * @param like values of the type of all others
   * @param spare what layers share to let hypotheses change places
   */
  KeptKeys(
      TransformerShape shape,
      int hypotheses,
      SequenceKernels kernels,
      Values like,
      SpareMemory spare) {
    this.shape = shape;
    this.hypotheses = hypotheses;
    this.kernels = kernels;
    this.like = like;
    this.spare = spare;
    this.querySegments = like.sameType(hypotheses);
    querySegments.fill(1);
    hold(FIRST_CAPACITY);
  }

  private void hold(int tokens) {
    AttentionShape all =
        new AttentionShape(hypotheses, 1, tokens, shape.heads(), shape.headSize(), Reach.SEGMENT);
    int length = Math.multiplyExact(shape.width() * hypotheses, tokens);
    attention = kernels.attention(all);
    attentionWeights = like.sameType(all.weights());
    keys = like.sameType(length);
    values = like.sameType(length);
    segments = like.sameType(hypotheses * tokens);
    capacity = tokens;
  }

  private void grow() {
    Values oldKeys = keys;
    Values oldValues = values;
    int before = capacity;
    attention.close();
    attentionWeights.release();
    segments.release();
    hold(2 * before);
    for (int row = 0; row < shape.width() * hypotheses; row++) {
      oldKeys.copy(row * before, keys, row * capacity, filled);
      oldValues.copy(row * before, values, row * capacity, filled);
    }
    for (int h = 0; h < hypotheses; h++) {
      segments.part(h * capacity, filled).fill(1);
    }
    oldKeys.release();
    oldValues.release();
  }

  /** Every hypothesis has the tokens of its parent from now on. */
  void continueFrom(int[] parents) {
    boolean same = true;
    for (int h = 0; h < hypotheses; h++) {
      same &= parents[h] == h;
    }
    if (same || filled == 0) {
      return;
    }
    keys = ofParents(keys, parents);
    values = ofParents(values, parents);
  }

  private Values ofParents(Values kept, int[] parents) {
    Values next = spare.take(kept.length());
    for (int f = 0; f < shape.width(); f++) {
      for (int h = 0; h < hypotheses; h++) {
        int from = (f * hypotheses + parents[h]) * capacity;
        kept.copy(from, next, (f * hypotheses + h) * capacity, filled);
      }
    }
    spare.giveBack(kept);
    return next;
  }

  /**
   * Adds a token to every hypothesis.
   *
   * @param ofKeys `[width, hypotheses]`
   * @param ofValues `[width, hypotheses]`
   */
  void append(Values ofKeys, Values ofValues) {
    if (filled == capacity) {
      grow();
    }
    for (int row = 0; row < shape.width() * hypotheses; row++) {
      keys.set(row * capacity + filled, ofKeys.get(row));
      values.set(row * capacity + filled, ofValues.get(row));
    }
    for (int h = 0; h < hypotheses; h++) {
      segments.set(h * capacity + filled, 1);
    }
    filled++;
  }

  /**
   * @param queries `[width, hypotheses]`
   * @param heads `[width, hypotheses]`, overwritten
   */
  void attend(Values queries, Values heads) {
    attention.forward(
        new Attention.Operands(queries, keys, values),
        new Attention.Segments(querySegments, segments),
        attentionWeights,
        Dropout.NONE,
        heads);
  }

  @Override
  public void close() {
    attention.close();
    for (Values each : new Values[] {attentionWeights, keys, values, segments, querySegments}) {
      each.release();
    }
  }
}
