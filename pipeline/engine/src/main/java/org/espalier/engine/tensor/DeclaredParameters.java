package org.espalier.engine.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of layers that are {@link TensorDeclaration}s, as DL4J asks for them. */
public final class DeclaredParameters implements ParamInitializer {
  /** The only one. */
  public static final DeclaredParameters INSTANCE = new DeclaredParameters();

  private DeclaredParameters() {}

  /** The views of tensors in the vector that they lie in, by their keys. */
  public static Map<String, INDArray> views(List<ParameterTensor> tensors, INDArray vector) {
    Map<String, INDArray> table = new LinkedHashMap<>();
    tensors.forEach(tensor -> table.put(tensor.key(), tensor.view(vector)));
    return table;
  }

  /** Sets all tensors of a declaration to what they are before the first step. */
  public static void initialise(
      TensorDeclaration declaration, String owner, INDArray vector, long seed) {
    declaration
        .tensors(owner)
        .forEach(tensor -> declaration.initialise(tensor, tensor.flat(vector), seed));
  }

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return tensors(layer).stream().mapToLong(ParameterTensor::length).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return tensors(layer).stream().map(ParameterTensor::key).toList();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(layer, TensorRole.WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(layer, TensorRole.BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray vector, boolean initialise) {
    Layer layer = configuration.getLayer();
    if (initialise) {
      initialise((TensorDeclaration) layer, layer.getLayerName(), vector, configuration.getSeed());
    }
    Map<String, INDArray> table = views(tensors(layer), vector);
    table.keySet().forEach(configuration::addVariable);
    return Collections.synchronizedMap(table);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray vector) {
    return views(tensors(configuration.getLayer()), vector);
  }

  private static List<ParameterTensor> tensors(Layer layer) {
    return ((TensorDeclaration) layer).tensors(layer.getLayerName());
  }

  private static List<String> keys(Layer layer, TensorRole role) {
    return tensors(layer).stream()
        .filter(tensor -> tensor.role() == role)
        .map(ParameterTensor::key)
        .toList();
  }
}
