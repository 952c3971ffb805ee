package org.espalier.engine.transformer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.layer.WeightedLoss;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link TokenLoss} in one replica. */
final class TokenLossImplementation extends LossLayer implements WeightedLoss {
  private static final int OUTPUTS = 2;
  private static final long serialVersionUID = 1L;

  private transient Scoring scoring;
  private transient double meanLoss = Double.NaN;
  private transient double weight;

  TokenLossImplementation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  /** Scores the next states in this way. */
  void scoreBy(Scoring next) {
    scoring = next;
    meanLoss = Double.NaN;
  }

  private Scoring scoring() {
    if (scoring == null) {
      throw new IllegalStateException(
          "Cannot score the states that %s is given: they are not those of a Transformer; put it behind one."
              .formatted(layerConf().getLayerName()));
    }
    return scoring;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    Scoring current = scoring();
    INDArray predictions =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            dataType,
            new long[] {current.sequences(), OUTPUTS, current.length()},
            'c');
    current.predict(phase(training), states(), predictions);
    return predictions;
  }

  private static Phase phase(boolean training) {
    return training ? Phase.TRAINING : Phase.EVALUATION;
  }

  private Values states() {
    return scoring().kernels().values(StateArrays.byFeature(input));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    Scoring.Loss loss = judge(Phase.TRAINING);
    meanLoss = loss.mean();
    INDArray gradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD,
            dataType,
            new long[] {input.size(1), input.size(0), input.size(2)},
            'c');
    scoring().differentiate(states(), scoring().kernels().values(gradient));
    return new Pair<>(new DefaultGradient(), StateArrays.ofFeatures(gradient));
  }

  private Scoring.Loss judge(Phase phase) {
    requireLabels();
    double divisor = conf.isMiniBatch() ? scoring().sequences() : 1;
    INDArray numbers = labels.castTo(dataType);
    Values given =
        scoring()
            .kernels()
            .values(numbers.isView() || numbers.ordering() != 'c' ? numbers.dup('c') : numbers);
    Smoothing smoothing = ((TokenLoss) layerConf()).labelSmoothing();
    Scoring.Loss loss = scoring().judge(phase, states(), given, smoothing, divisor);
    weight = loss.counted();
    return loss;
  }

  @Override
  public double computeScore(
      double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
    if (Double.isNaN(meanLoss)) {
      meanLoss = judge(phase(training)).mean();
    }
    score = meanLoss + regularisation;
    meanLoss = Double.NaN;
    return score;
  }

  @Override
  public double weight() {
    return weight;
  }

  /** `[batch, 1]`: the loss of each example, summed over its positions. */
  @Override
  public INDArray computeScoreForExamples(double regularisation, LayerWorkspaceMgr workspaces) {
    judge(Phase.EVALUATION);
    INDArray perExample =
        workspaces.create(
            ArrayType.ACTIVATIONS, dataType, new long[] {scoring().sequences(), 1}, 'c');
    for (int i = 0; i < scoring().sequences(); i++) {
      perExample.putScalar(i, scoring().lossOf(i) + regularisation);
    }
    return perExample;
  }

  @Override
  public void setLabels(INDArray next) {
    super.setLabels(next);
    meanLoss = Double.NaN;
  }

  @Override
  public void clear() {
    labels = null; // DL4J would free the caller's array.
    super.clear();
  }

  private void requireLabels() {
    if (input == null || labels == null) {
      throw new IllegalStateException(
          "Cannot compute the loss of layer %s: it has no input or no labels; set both first."
              .formatted(layerConf().getLayerName()));
    }
    if (maskArray != null) {
      throw new Refusal(
          "Cannot weigh the positions of layer %s by a mask: set the labels of those that do not count to -1."
              .formatted(layerConf().getLayerName()));
    }
    long[] wanted = {scoring().sequences(), scoring().length()};
    if (!Arrays.equals(labels.shape(), wanted)) {
      throw new Refusal(
          "Cannot judge by labels of shape %s: layer %s takes one token number per position of the target, %s."
              .formatted(
                  Arrays.toString(labels.shape()),
                  layerConf().getLayerName(),
                  Arrays.toString(wanted)));
    }
  }
}
