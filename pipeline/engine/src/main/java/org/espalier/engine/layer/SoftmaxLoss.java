package org.espalier.engine.layer;

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
 * The end of a classifier, without parameters: softmax over the last dimension of its input `[...,
 * classes]`, and the mean cross-entropy of smoothed labels. Labels are class numbers `[...]`, such
 * as `[batch]` or `[batch, length]`, of which -1 stands for a position that does not count, or
 * one-hot rows `[..., classes]`. A label mask `[...]` weighs the positions, and the mean is over
 * the weights; see {@link WeightedLoss}.
 */
public final class SoftmaxLoss extends LossLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Smoothing.Kind smoothing = Smoothing.Kind.EVERY_CLASS;
  @JsonProperty private double smoothed;

  /** For DL4J's JSON. */
  SoftmaxLoss() {}

  private SoftmaxLoss(Smoothing smoothing) {
    super(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX));
    this.smoothing = smoothing.kind();
    this.smoothed = smoothing.amount();
  }

  /** The loss of labels as they are. */
  public static SoftmaxLoss plain() {
    return new SoftmaxLoss(Smoothing.NONE);
  }

  /** The loss of smoothed labels. */
  public static SoftmaxLoss smoothing(Smoothing smoothing) {
    return new SoftmaxLoss(smoothing);
  }

  /** What is done to the labels. */
  public Smoothing labelSmoothing() {
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
    SoftmaxLossImplementation layer = new SoftmaxLossImplementation(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamTable(initializer().init(configuration, parameters, initialise));
    return layer;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return input;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftmaxLoss that
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
    return other instanceof SoftmaxLoss;
  }
}
