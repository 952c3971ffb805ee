package org.espalier.engine.transformer;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.espalier.engine.kernel.Smoothing;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The end of a network behind a {@link Transformer}, without parameters: the states of the decoder
 * are scored by the table of its embedding, and the mean cross-entropy of smoothed labels is taken
 * over the positions that count. Labels are token numbers `[batch, length]`, of which -1 stands for
 * a position that does not count; see {@link org.espalier.engine.layer.WeightedLoss}.
 *
 * <p>Its output in evaluation is small however large the vocabulary is: `[batch, 2, length]`, the
 * natural logarithm of the probability of the token that the input `target` has at a position, and
 * the number of the likeliest token there.
 */
public final class TokenLoss extends LossLayer {
  /** The row of an output with the logarithms of the probabilities of the target's tokens. */
  public static final int LOG_PROBABILITY = 0;

  /** The row of an output with the likeliest tokens. */
  public static final int LIKELIEST = 1;

  private static final long serialVersionUID = 1L;

  @JsonProperty private Smoothing.Kind smoothing = Smoothing.Kind.OTHER_CLASSES;
  @JsonProperty private double smoothed;

  /** For DL4J's JSON. */
  TokenLoss() {}

  /** The loss of smoothed labels. */
  public TokenLoss(Smoothing smoothing) {
    super(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX));
    this.smoothing = smoothing.kind();
    this.smoothed = smoothing.amount();
  }

  /** What is done to the labels. */
  Smoothing labelSmoothing() {
    return new Smoothing(smoothing, smoothed);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    TokenLossImplementation layer = new TokenLossImplementation(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamTable(initializer().init(configuration, parameters, initialise));
    return layer;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return input instanceof InputType.InputTypeRecurrent sequence
        ? InputType.recurrent(2, sequence.getTimeSeriesLength())
        : input;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenLoss that
        && super.equals(other)
        && smoothing == that.smoothing
        && smoothed == that.smoothed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), smoothing, smoothed);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof TokenLoss;
  }
}
