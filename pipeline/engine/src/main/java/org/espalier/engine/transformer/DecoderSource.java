package org.espalier.engine.transformer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A trained Transformer as a decoder sees it. */
interface DecoderSource {
  TransformerShape shape();

  /** Its arithmetic and its tensors. */
  TransformerHost host();

  /** The plan by which sentences have been encoded, valid until the network is used again. */
  TransformerPlan encode(TokenArrays sources, TokenArrays targets);

  /** An array of its type. */
  INDArray array(float[][][] tokens);
}
