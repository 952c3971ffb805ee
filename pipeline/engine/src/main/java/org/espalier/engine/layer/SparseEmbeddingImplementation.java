package org.espalier.engine.layer;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link SparseEmbedding} in one replica. */
final class SparseEmbeddingImplementation extends SparseLayerImplementation {
  private static final long serialVersionUID = 1L;

  private transient boolean scored;
  private transient boolean scores;

  SparseEmbeddingImplementation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr manager) {
    assertInputSet(false);
    scored = false;
    input = RowMajor.of(input.castTo(dataType), manager, ArrayType.ACTIVATIONS);
    requireTokens();
    int width = ((SparseEmbedding) layerConf()).width();
    INDArray result =
        manager.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, input.size(0), input.size(1), width);
    if (training) {
      weights().trainRows(values(input), values(result));
    } else {
      weights().evaluateRows(values(input), values(result));
    }
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr manager) {
    assertInputSet(true);
    if (!scored) {
      weights().penaltyGradient();
    }
    scored = false;
    requireTokens();
    Values delta = values(RowMajor.of(epsilon, manager, ArrayType.BP_WORKING_MEM));
    weights().backwardRows(values(input), delta);
    return new Pair<>(parameterGradients(), null);
  }

  /**
   * Scores, where a vertex asks for them, are products with the whole table or leave out as well.
   */
  @Override
  public Optional<KeptWeights> leftIn(String key) {
    boolean apart = key.equals(ParameterTensor.WEIGHTS) && weights().leavesOutRows();
    return apart && (!scores || leavesOut()) ? mask(key).kept() : Optional.empty();
  }

  /** Scores `[..., tokens]` of rows `[..., width]` by the same table. */
  INDArray scores(INDArray x, boolean training, LayerWorkspaceMgr manager) {
    scores = true;
    return linear(x, training, manager);
  }

  /** Overwrites the table's gradient and that of x; the occurrences' is added later. */
  void scoresGradient(
      INDArray x, INDArray y, INDArray epsilon, INDArray below, LayerWorkspaceMgr manager) {
    linearGradient(x, y, epsilon, below, manager);
    scored = true;
  }

  private void requireTokens() {
    if (input.rank() != 2 || input.length() == 0) {
      throw new IllegalArgumentException(
          "Cannot run layer %s on an array of shape %s: it takes the token numbers [batch, length], at least one."
              .formatted(layerConf().getLayerName(), Arrays.toString(input.shape())));
    }
  }
}
