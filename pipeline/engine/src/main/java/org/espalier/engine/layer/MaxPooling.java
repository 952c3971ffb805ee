package org.espalier.engine.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The largest value of every window of {@code size} by {@code size} pixels, which do not overlap:
 * images `[batch, height, width, channels]`, result `[batch, height / size, width / size,
 * channels]`.
 */
public final class MaxPooling extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int size;

  /** For DL4J's JSON. */
  MaxPooling() {}

  /** Windows of this size. */
  public MaxPooling(int size) {
    this.size = size;
  }

  /** Width and height of a window. */
  public int size() {
    return size;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    MaxPoolingImplementation layer = new MaxPoolingImplementation(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamTable(Map.of());
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return EmptyParamInitializer.getInstance();
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    if (input instanceof InputType.InputTypeConvolutional images
        && images.getFormat() == CNN2DFormat.NHWC) {
      return InputType.convolutional(
          images.getHeight() / size,
          images.getWidth() / size,
          images.getChannels(),
          CNN2DFormat.NHWC);
    }
    throw new IllegalArgumentException(
        "Cannot pool %s in layer %s: it takes images with channels last; declare InputType.convolutional(height, width, channels, CNN2DFormat.NHWC)."
            .formatted(input, getLayerName()));
  }

  @Override
  public void setNIn(InputType input, boolean override) {}

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(
            getLayerName(), MaxPooling.class, input, getOutputType(-1, input))
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaxPooling that && super.equals(other) && size == that.size;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + size;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof MaxPooling;
  }
}
