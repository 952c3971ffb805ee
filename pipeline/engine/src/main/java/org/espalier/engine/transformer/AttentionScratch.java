package org.espalier.engine.transformer;

import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Attention;
import org.espalier.engine.kernel.sequence.AttentionShape;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;
import org.espalier.engine.kernel.sequence.SequenceKernels;

/** What all attention of one shape in a plan shares: the arithmetic, and memory for gradients. */
final class AttentionScratch implements AutoCloseable {
  private final AttentionShape shape;
  private final Attention attention;
  private final Attention.Segments segments;
  private final Attention.Operands gradients;
  private final Values heads;

  /**
   * @param own the side that attends
   * @param other the side that is attended to
   */
  AttentionScratch(Side own, Side other, Reach reach, SequenceKernels kernels) {
    TransformerShape sizes = own.shape();
    int width = sizes.width();
    this.shape =
        new AttentionShape(
            own.sequences(), own.length(), other.length(), sizes.heads(), sizes.headSize(), reach);
    this.attention = kernels.attention(shape);
    this.segments = new Attention.Segments(own.segments(), other.segments());
    this.gradients = new Attention.Operands(own.take(width), other.take(width), other.take(width));
    this.heads = own.take(width);
  }

  /** Number of attention weights. */
  int weights() {
    return shape.weights();
  }

  Attention attention() {
    return attention;
  }

  Attention.Segments segments() {
    return segments;
  }

  /** The gradients of queries, keys and values. */
  Attention.Operands gradients() {
    return gradients;
  }

  /** The gradient of what all heads give. */
  Values heads() {
    return heads;
  }

  @Override
  public void close() {
    attention.close();
  }
}
