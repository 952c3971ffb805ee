package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.MaskBits;
import org.espalier.engine.kernel.OffHeap;
import org.espalier.sparsity.Mask;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets a stock DL4J layer compute with {@code weights * mask}, in training and inference, while the
 * stored weights stay dense: magnitude pruning ranks raw weights, masked ones included (Zhu and
 * Gupta 2017, section 3).
 *
 * <p>Belongs to one tensor of one replica; memory: one more array of the tensor's size, and a bit
 * per weight.
 */
final class MaskedWeights implements IWeightNoise {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient INDArray weights;
  private final transient long[] words;
  private final transient INDArray product;
  private final transient INDArray effective;
  private final transient MaskBits bits = new MaskBits();
  private transient boolean dense = true;

  /**
   * @param key the layer's name for the parameter
   * @param weights the tensor's part of the flat parameter vector, `[length]`
   * @param shaped the same weights as the layer sees them, which gives shape and order
   */
  MaskedWeights(String key, INDArray weights, INDArray shaped) {
    this.key = key;
    this.weights = weights;
    this.words = new long[Math.toIntExact((weights.length() + Long.SIZE - 1) / Long.SIZE)];
    hold(Mask.all(Math.toIntExact(weights.length())));
    this.product = weights.dup();
    this.effective = product.reshape(shaped.ordering(), shaped.shape());
  }

  private MaskedWeights(MaskedWeights same) {
    this.key = same.key;
    this.weights = same.weights;
    this.words = same.words;
    this.product = same.product;
    this.effective = same.effective;
  }

  /** Computes with this mask from now on. */
  void hold(Mask next) {
    for (int w = 0; w < words.length; w++) {
      words[w] = next.word(w);
    }
    dense = next.kept() == next.length();
  }

  /** The packed mask itself, one bit per weight, which changes with what is held. */
  long[] words() {
    return words;
  }

  /** The mask that the arithmetic really uses, read from where it reads it. */
  Mask held() {
    return Mask.ofWords(words, Math.toIntExact(weights.length()));
  }

  /** Zeroes the masked entries of a vector in the tensor's flat order, `[length]`. */
  void applyMask(INDArray vector) {
    if (!dense) {
      FloatBuffer values = OffHeap.view(vector);
      bits.multiply(values, words, values);
    }
  }

  @Override
  public INDArray getParameter(
      Layer layer,
      String parameter,
      int iteration,
      int epoch,
      boolean train,
      LayerWorkspaceMgr workspaces) {
    if (dense || !parameter.equals(key)) {
      return layer.getParam(parameter);
    }
    bits.multiply(OffHeap.view(weights), words, OffHeap.view(product));
    return effective;
  }

  @Override
  public IWeightNoise clone() {
    return new MaskedWeights(this);
  }
}
