package org.espalier.engine.tensor;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.operations.LayerArithmetic;
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
  private final transient HeldMask mask;
  private final transient LayerKernels kernels;
  private final transient RowPasses rows;
  private final transient INDArray product;

  /**
   * @param key the layer's name for the parameter
   * @param weights the parameter as the layer sees it
   */
  MaskedWeights(String key, INDArray weights) {
    this.key = key;
    this.mask = new HeldMask(Math.toIntExact(weights.length()));
    this.kernels = LayerArithmetic.of(weights.dataType());
    this.rows = kernels.rows();
    this.product = weights.dup(weights.ordering());
  }

  private MaskedWeights(MaskedWeights same) {
    this.key = same.key;
    this.mask = same.mask;
    this.kernels = same.kernels;
    this.rows = same.rows;
    this.product = same.product;
  }

  HeldMask mask() {
    return mask;
  }

  @Override
  public INDArray getParameter(
      Layer layer,
      String parameter,
      int iteration,
      int epoch,
      boolean train,
      LayerWorkspaceMgr workspaces) {
    INDArray weights = layer.getParam(parameter);
    if (mask.isDense() || !parameter.equals(key)) {
      return weights;
    }
    mask.keep(rows, kernels.values(weights), kernels.values(product));
    return product;
  }

  @Override
  public IWeightNoise clone() {
    return new MaskedWeights(this);
  }
}
