package org.espalier.engine.transformer;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Dropout;
import org.espalier.engine.kernel.sequence.LayerNormalisation;
import org.espalier.engine.layer.ProductCount;
import org.espalier.engine.sparse.SharedPanels;
import org.espalier.engine.weights.WeightTensor;

/** What the passes of a Transformer ask of the vertex that they belong to. */
interface TransformerHost {
  LayerKernels kernels();

  /** The panels of all products over kept weights. */
  SharedPanels panels();

  /** The weights of a matrix or of the table. */
  WeightTensor weights(String key);

  /** The multiply-adds with these weights. */
  ProductCount count(String key);

  /** The values of a tensor. */
  Values parameters(String key);

  /** The gradient of a tensor. */
  Values gradients(String key);

  /** The dropout of this step at a place, the same in its forward and backward pass. */
  Dropout dropout(Phase phase, double rate, String place);

  /** Gain and shift of a normalisation. */
  default LayerNormalisation.Affine affine(String norm) {
    return new LayerNormalisation.Affine(
        parameters(norm + Sublayer.GAIN), parameters(norm + Sublayer.SHIFT));
  }

  /** The gradients of {@link #affine}. */
  default LayerNormalisation.Affine affineGradient(String norm) {
    return new LayerNormalisation.Affine(
        gradients(norm + Sublayer.GAIN), gradients(norm + Sublayer.SHIFT));
  }
}
