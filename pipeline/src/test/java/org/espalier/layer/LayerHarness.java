package org.espalier.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.kernel.Noise;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A single layer in float64, without a network around it. */
final class LayerHarness {
  private final LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
  private final org.deeplearning4j.nn.api.Layer layer;

  LayerHarness(Layer configuration) {
    configuration.setLayerName("layer");
    NeuralNetConfiguration whole =
        new NeuralNetConfiguration.Builder().seed(1).miniBatch(false).build();
    whole.setLayer(configuration);
    long length = configuration.initializer().numParams(configuration);
    INDArray parameters = length == 0 ? null : Nd4j.zeros(DataType.DOUBLE, length);
    layer = configuration.instantiate(whole, List.of(), 0, parameters, false, DataType.DOUBLE);
    if (length > 0) {
      layer.setBackpropGradientsViewArray(Nd4j.zeros(DataType.DOUBLE, length));
    }
  }

  void parameter(String key, INDArray values) {
    layer.getParam(key).assign(values);
  }

  void noise(INDArray numbers) {
    ((NoisyLayer) layer).use(Noise.given(org.espalier.kernel.Values.of(numbers)));
  }

  INDArray train(INDArray input) {
    return layer.activate(input, true, workspaces).dup('c');
  }

  INDArray evaluate(INDArray input) {
    return layer.activate(input, false, workspaces).dup('c');
  }

  /** The gradient of the input; those of the parameters follow by {@link #gradient}. */
  INDArray backward(INDArray cotangent) {
    return layer.backpropGradient(cotangent.dup('c'), workspaces).getSecond();
  }

  INDArray gradient(String key) {
    return views().get(key);
  }

  double penalty() {
    return layer.calcRegularizationScore(true);
  }

  private java.util.Map<String, INDArray> views() {
    return layer
        .conf()
        .getLayer()
        .initializer()
        .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
  }
}
