package org.espalier.training;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.kernel.Elementwise;
import org.espalier.kernel.OffHeap;
import org.espalier.sparsity.Mask;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets a stock DL4J layer compute with {@code weights * mask}, in training and inference, while the
 * stored weights stay dense: magnitude pruning ranks raw weights, masked ones included (Zhu and
 * Gupta 2017, section 3).
 *
 * <p>Belongs to one tensor of one replica; memory: two more arrays of the tensor's size.
 */
final class MaskedWeights implements IWeightNoise {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient INDArray weights;
  private final transient INDArray mask;
  private final transient INDArray product;
  private final transient INDArray effective;
  private final transient Elementwise elementwise = new Elementwise();
  private transient boolean dense = true;

  /**
   * @param key the layer's name for the parameter
   * @param weights the tensor's part of the flat parameter vector, `[length]`
   * @param shaped the same weights as the layer sees them, which gives shape and order
   */
  MaskedWeights(String key, INDArray weights, INDArray shaped) {
    this.key = key;
    this.weights = weights;
    this.mask = Nd4j.ones(weights.dataType(), weights.length());
    this.product = weights.dup();
    this.effective = product.reshape(shaped.ordering(), shaped.shape());
  }

  private MaskedWeights(MaskedWeights same) {
    this.key = same.key;
    this.weights = same.weights;
    this.mask = same.mask;
    this.product = same.product;
    this.effective = same.effective;
  }

  /** Computes with this mask from now on. */
  void hold(Mask next) {
    float[] ones = new float[next.length()];
    next.unpack(ones, 0);
    OffHeap.view(mask).put(0, ones);
    dense = next.kept() == next.length();
  }

  /** Zeroes the masked entries of a vector in the tensor's flat order, `[length]`. */
  void applyMask(INDArray vector) {
    if (!dense) {
      FloatBuffer values = OffHeap.view(vector);
      elementwise.multiply(values, OffHeap.view(mask), values);
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
    elementwise.multiply(OffHeap.view(weights), OffHeap.view(mask), OffHeap.view(product));
    return effective;
  }

  @Override
  public IWeightNoise clone() {
    return new MaskedWeights(this);
  }
}
