package org.espalier.engine.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Turns images `[batch, channels * height * width]`, channels outermost, into `[batch, height,
 * width, channels]`. Stands before the first convolution; single-channel images are not copied.
 *
 * @param height of an image
 * @param width of an image
 * @param channels of an image
 */
public record ChannelsLast(
    @JsonProperty("height") int height,
    @JsonProperty("width") int width,
    @JsonProperty("channels") int channels)
    implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  /** For DL4J's JSON. */
  @JsonCreator
  public ChannelsLast {}

  @Override
  public INDArray preProcess(INDArray input, int batch, LayerWorkspaceMgr workspaces) {
    long images = input.size(0);
    INDArray rows = RowMajor.of(input, workspaces, ArrayType.ACTIVATIONS);
    if (channels == 1) {
      return rows.reshape('c', images, height, width, 1);
    }
    INDArray turned = rows.reshape('c', images, channels, height, width).permute(0, 2, 3, 1);
    return workspaces.dup(ArrayType.ACTIVATIONS, turned, 'c');
  }

  @Override
  public INDArray backprop(INDArray gradient, int batch, LayerWorkspaceMgr workspaces) {
    if (gradient == null) {
      return null;
    }
    INDArray turned = gradient.permute(0, 3, 1, 2);
    return workspaces
        .dup(ArrayType.ACTIVATION_GRAD, turned, 'c')
        .reshape('c', gradient.size(0), (long) channels * height * width);
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod") // Immutable.
  public InputPreProcessor clone() {
    return this;
  }

  @Override
  public InputType getOutputType(InputType input) {
    return InputType.convolutional(height, width, channels, CNN2DFormat.NHWC);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
    return new Pair<>(mask, state);
  }
}
