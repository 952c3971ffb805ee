package org.espalier.engine.tensor;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.operations.LayerArithmetic;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets a stock DL4J layer compute with {@code weights * mask}, in training and inference, while the
 * stored weights stay dense: magnitude pruning ranks raw weights, masked ones included (Zhu and
 * Gupta 2017, section 3).
 *
 * <p>Belongs to one tensor of one replica; memory: a bit per weight and, from the first mask that
 * leaves weights out on, one more array of the tensor's size.
 */
final class MaskedWeights implements IWeightNoise {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient HeldMask mask;
  private final transient LayerKernels kernels;
  private final transient RowPasses rows;
  private final transient Product product;

  /** The masked weights, which a dense run never computes. */
  private static final class Product {
    private INDArray values;

    INDArray like(INDArray weights) {
      if (values == null) {
        values =
            Nd4j.createUninitializedDetached(
                weights.dataType(), weights.ordering(), weights.shape());
      }
      return values;
    }
  }

  /**
   * @param key the layer's name for the parameter
   * @param weights the parameter as the layer sees it
   */
  MaskedWeights(String key, INDArray weights) {
    this.key = key;
    this.mask = new HeldMask(Math.toIntExact(weights.length()));
    this.kernels = LayerArithmetic.of(weights.dataType());
    this.rows = kernels.rows();
    this.product = new Product();
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
    INDArray kept = product.like(weights);
    mask.keep(rows, kernels.values(weights), kernels.values(kept));
    return kept;
  }

  @Override
  public IWeightNoise clone() {
    return new MaskedWeights(this);
  }
}
