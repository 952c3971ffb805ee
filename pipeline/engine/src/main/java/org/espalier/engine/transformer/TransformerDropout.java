package org.espalier.engine.transformer;

import org.espalier.engine.kernel.RowPasses;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The rates of a Transformer's dropout, each at least 0 and below 1.
 *
 * @param residual of embedded tokens and of what a sublayer adds
 * @param attention of attention weights
 * @param rectified of what is inside a feed-forward sublayer
 */
public record TransformerDropout(
    @JsonProperty("residual") double residual,
    @JsonProperty("attention") double attention,
    @JsonProperty("rectified") double rectified)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** No dropout. */
  public static final TransformerDropout NONE = new TransformerDropout(0, 0, 0);

  /**
   * Checks the rates.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public TransformerDropout {
    RowPasses.requireRate(residual);
    RowPasses.requireRate(attention);
    RowPasses.requireRate(rectified);
  }
}
