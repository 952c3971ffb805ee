package org.espalier.engine.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.GatePasses;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.TablePasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.VariationalPasses;
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

  private final transient TablePasses tables;
  private final transient VariationalPasses variational;
  private final transient GatePasses gates;
  private transient boolean scored;

  SparseEmbeddingState(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.tables = kernels().tables();
    this.variational = kernels().variational();
    this.gates = kernels().gates();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr manager) {
    assertInputSet(false);
    workspaces = manager;
    scored = false;
    input = RowMajor.of(input.castTo(dataType), manager, ArrayType.ACTIVATIONS);
    requireTokens();
    int width = ((SparseEmbedding) layerConf()).width();
    INDArray result =
        manager.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, input.size(0), input.size(1), width);
    Values rows = values(result);
    Values table = training ? trainedWeights() : evaluatedWeights();
    WeightForm form = layerConf().form();
    if (form instanceof WeightForm.Variational kind) {
      vary(table, rows, training, kind);
    } else if (form instanceof WeightForm.HardConcrete) {
      gate(table, rows, training);
    } else {
      tables.gather(table, values(input), rows);
    }
    return result;
  }

  private void vary(Values table, Values rows, boolean training, WeightForm.Variational form) {
    Values means = occurrences("rows", rows);
    Values logs = occurrences("rows of log sigma^2", rows);
    tables.gather(table, values(input), means);
    tables.gather(parameter(SparseParameters.LOG_SIGMA2), values(input), logs);
    if (!training) {
      variational.keepBelow(form.threshold(), means, logs, rows);
      return;
    }
    Values deviation = occurrences("deviation of rows", rows);
    variational.variance(means, logs, deviation);
    tables.gather(table, values(input), rows);
    variational.sample(rows, deviation, noBias(), Activation.IDENTITY, draws(), Sharing.NONE);
  }

  private void gate(Values table, Values rows, boolean training) {
    Values means = occurrences("rows", rows);
    Values logs = occurrences("rows of log alpha", rows);
    tables.gather(table, values(input), means);
    tables.gather(parameter(SparseParameters.LOG_ALPHA), values(input), logs);
    if (training) {
      Values concrete = occurrences("concrete rows", rows);
      gates.draw(means, logs, draws(), concrete, occurrences("open rows", rows), rows);
    } else {
      gates.estimate(means, logs, rows);
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
    requireTokens();
    Values delta = values(RowMajor.of(epsilon, manager, ArrayType.BP_WORKING_MEM));
    WeightForm form = layerConf().form();
    if (form instanceof WeightForm.Variational) {
      varyBackward(delta);
    } else if (form instanceof WeightForm.HardConcrete) {
      gateBackward(delta);
    }
    tables.scatter(delta, values(input), gradientOf(SparseParameters.WEIGHTS));
    clearNoiseWeightParams();
    return new Pair<>(parameterGradients(), null);
  }

  /** Turns the gradient of the rows into that of their means. */
  private void varyBackward(Values delta) {
    Values deviation = occurrences("deviation of rows", delta);
    variational.sampleGradient(
        delta, delta, deviation, Activation.IDENTITY, draws(), Sharing.NONE, noBias());
    Values means = occurrences("rows", delta);
    Values variance = occurrences("variance of rows", delta);
    variational.variance(means, occurrences("rows of log sigma^2", delta), variance);
    variational.parameterGradient(means, variance, delta, deviation, 0);
    tables.scatter(deviation, values(input), gradientOf(SparseParameters.LOG_SIGMA2));
  }

  /** Turns the gradient of the rows into that of their means. */
  private void gateBackward(Values delta) {
    Values ofLogs = occurrences("gradient of log alpha", delta);
    gates.gradient(
        occurrences("rows", delta),
        occurrences("concrete rows", delta),
        occurrences("open rows", delta),
        delta,
        ofLogs,
        0);
    tables.scatter(ofLogs, values(input), gradientOf(SparseParameters.LOG_ALPHA));
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

  private void requireTokens() {
    if (input.rank() != 2 || input.length() == 0) {
      throw new IllegalArgumentException(
          "Cannot run layer %s on an array of shape %s: it takes the token numbers [batch, length], at least one."
              .formatted(layerConf().getLayerName(), Arrays.toString(input.shape())));
    }
  }

  private Noise draws() {
    return noise(OCCURRENCES);
  }

  /** A vector of the layer's own, as long as the occurrences' rows. */
  private Values occurrences(String purpose, Values rows) {
    return scratch(purpose, rows.length());
  }

  private Values noBias() {
    return zeros("no bias of rows", layerConf().getNIn());
  }
}
