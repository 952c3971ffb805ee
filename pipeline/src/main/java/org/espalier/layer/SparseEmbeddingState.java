package org.espalier.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.kernel.Activation;
import org.espalier.kernel.Noise;
import org.espalier.kernel.Sharing;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link SparseEmbedding} in one replica. The rows that tokens ask for are gathered first; what
 * distributions do to them is done to the occurrences, and their gradients are added to the
 * table's.
 */
final class SparseEmbeddingState extends SparseLayerState {
  private static final long serialVersionUID = 1L;
  private static final String OCCURRENCES = "/occurrences";

  private transient boolean scored;

  SparseEmbeddingState(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr manager) {
    assertInputSet(false);
    workspaces = manager;
    scored = false;
    input = RowMajor.of(input.castTo(dataType), manager, ArrayType.ACTIVATIONS);
    prepareRows();
    int width = ((SparseEmbedding) layerConf()).width();
    INDArray rows =
        manager.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, input.size(0), input.size(1), width);
    INDArray table = training ? trainedWeights() : evaluatedWeights();
    WeightForm form = layerConf().form();
    if (form instanceof WeightForm.Variational variational) {
      vary(table, rows, training, variational);
    } else if (form instanceof WeightForm.HardConcrete) {
      gate(table, rows, training);
    } else {
      math.gather(table, input, rows);
    }
    return rows;
  }

  private void vary(INDArray table, INDArray rows, boolean training, WeightForm.Variational form) {
    INDArray means = scratch("rows", rows);
    INDArray logs = scratch("rows of log sigma^2", rows);
    math.gather(table, input, means);
    math.gather(parameter(SparseParameters.LOG_SIGMA2), input, logs);
    if (!training) {
      math.keepBelow(form.threshold(), means, logs, rows);
      return;
    }
    INDArray deviation = scratch("deviation of rows", rows);
    math.variance(means, logs, deviation);
    rows.assign(means);
    math.sample(rows, deviation, noBias(), Activation.IDENTITY, occurrences(), Sharing.NONE);
  }

  private void gate(INDArray table, INDArray rows, boolean training) {
    INDArray means = scratch("rows", rows);
    INDArray logs = scratch("rows of log alpha", rows);
    math.gather(table, input, means);
    math.gather(parameter(SparseParameters.LOG_ALPHA), input, logs);
    if (training) {
      INDArray concrete = scratch("concrete rows", rows);
      math.drawGates(means, logs, occurrences(), concrete, scratch("open rows", rows), rows);
    } else {
      math.estimateGates(means, logs, rows);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr manager) {
    assertInputSet(true);
    workspaces = manager;
    if (!scored) {
      penaltyGradient();
    }
    scored = false;
    prepareRows();
    INDArray delta = RowMajor.of(epsilon, manager, ArrayType.BP_WORKING_MEM);
    WeightForm form = layerConf().form();
    if (form instanceof WeightForm.Variational) {
      INDArray deviation = scratch("deviation of rows", delta);
      math.sampleGradient(
          delta, delta, deviation, Activation.IDENTITY, occurrences(), Sharing.NONE, noBias());
      INDArray means = scratch("rows", delta);
      INDArray variance = scratch("variance of rows", delta);
      math.variance(means, scratch("rows of log sigma^2", delta), variance);
      math.variationalGradient(means, variance, delta, deviation, 0);
      math.scatter(deviation, input, gradientOf(SparseParameters.LOG_SIGMA2));
    } else if (form instanceof WeightForm.HardConcrete) {
      INDArray ofLogs = scratch("gradient of log alpha", delta);
      math.gateGradient(
          scratch("rows", delta),
          scratch("concrete rows", delta),
          scratch("open rows", delta),
          delta,
          ofLogs,
          0);
      math.scatter(ofLogs, input, gradientOf(SparseParameters.LOG_ALPHA));
    }
    math.scatter(delta, input, gradientOf(SparseParameters.WEIGHTS));
    clearNoiseWeightParams();
    return new Pair<>(parameterGradients(), null);
  }

  /** Scores `[..., tokens]` of rows `[..., width]` by the same table. */
  INDArray scores(INDArray x, boolean training, LayerWorkspaceMgr manager) {
    return linear(x, training, manager);
  }

  /** Overwrites the table's gradient and that of x; the occurrences' is added later. */
  void scoresGradient(
      INDArray x, INDArray y, INDArray epsilon, INDArray below, LayerWorkspaceMgr manager) {
    linearGradient(x, y, epsilon, below, manager);
    scored = true;
  }

  private void prepareRows() {
    if (input.rank() != 2 || input.length() == 0) {
      throw new IllegalArgumentException(
          "Cannot run layer %s on an array of shape %s: it takes the token numbers [batch, length], at least one."
              .formatted(layerConf().getLayerName(), Arrays.toString(input.shape())));
    }
    math.prepareRows(Math.toIntExact(input.length()));
  }

  private Noise occurrences() {
    return noise(OCCURRENCES);
  }

  private INDArray noBias() {
    return zeros("no bias of rows", layerConf().getNIn());
  }
}
