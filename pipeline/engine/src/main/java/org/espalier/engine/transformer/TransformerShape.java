package org.espalier.engine.transformer;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sizes of a Transformer.
 *
 * @param tokens size of the vocabulary that both sides share
 * @param width features of a position between sublayers
 * @param feedForward features inside a feed-forward sublayer
 * @param heads number of heads, which share the width
 * @param layers of the encoder, and of the decoder
 * @param length positions of the longest sequence, by which memory is worked out before a run
 */
public record TransformerShape(
    @JsonProperty("tokens") int tokens,
    @JsonProperty("width") int width,
    @JsonProperty("feedForward") int feedForward,
    @JsonProperty("heads") int heads,
    @JsonProperty("layers") int layers,
    @JsonProperty("length") int length)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is less than 1, the width is odd, or heads do not share
   *     it evenly
   */
  public TransformerShape {
    if (tokens < 2 || width < 2 || feedForward < 1 || heads < 1 || layers < 1 || length < 1) {
      throw new IllegalArgumentException(
          "Cannot build a Transformer of %d tokens, width %d, %d features inside its feed-forward sublayers, %d heads, %d layers and %d positions: tokens and width must be at least 2, the others at least 1."
              .formatted(tokens, width, feedForward, heads, layers, length));
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "Cannot divide a width of %d among %d heads: it must be a multiple of their number."
              .formatted(width, heads));
    }
    if (width % 2 != 0) {
      throw new IllegalArgumentException(
          "Cannot place positions in a width of %d: it must be even, for a sine and a cosine of each frequency."
              .formatted(width));
    }
  }

  /** Features of a head. */
  int headSize() {
    return width / heads;
  }
}
