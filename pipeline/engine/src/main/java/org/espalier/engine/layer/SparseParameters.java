package org.espalier.engine.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Noise;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a {@link SparseLayer} in the flat vector: weights, bias, companion. Only the
 * weights count as weights, for masks and for weight decay.
 */
final class SparseParameters implements ParamInitializer {
  static final String WEIGHTS = "W";
  static final String BIAS = "b";
  static final String LOG_SIGMA2 = "logSigma2";
  static final String LOG_ALPHA = "logAlpha";
  static final SparseParameters INSTANCE = new SparseParameters();
  private static final double GATE_DEVIATION = 0.01;
  private static final long GATES = Mix64.of("initial gates");

  private SparseParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    SparseLayer sparse = (SparseLayer) layer;
    long companions = sparse.form().companion().isEmpty() ? 0 : sparse.weights();
    return sparse.weights() + companions + (sparse.bias() == Bias.LEARNED ? sparse.getNOut() : 0);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(weightKeys(layer));
    keys.addAll(biasKeys(layer));
    String companion = ((SparseLayer) layer).form().companion();
    if (!companion.isEmpty()) {
      keys.add(companion);
    }
    return keys;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHTS);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return ((SparseLayer) layer).bias() == Bias.LEARNED ? List.of(BIAS) : List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return WEIGHTS.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return BIAS.equals(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray view, boolean initialise) {
    SparseLayer layer = (SparseLayer) configuration.getLayer();
    if (initialise) {
      double[] fans = layer.fans();
      INDArray weights = vector(view, 0, layer.weights());
      layer
          .getWeightInitFn()
          .init(fans[0], fans[1], layer.weightShape(), layer.weightOrder(), weights);
    }
    Map<String, INDArray> table = views(layer, view);
    if (initialise) {
      initialise(layer, table, configuration.getSeed());
    }
    table.keySet().forEach(configuration::addVariable);
    return Collections.synchronizedMap(table);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray view) {
    return views((SparseLayer) configuration.getLayer(), view);
  }

  private static void initialise(SparseLayer layer, Map<String, INDArray> table, long seed) {
    if (layer.bias() == Bias.LEARNED) {
      table.get(BIAS).assign(Double.isNaN(layer.getBiasInit()) ? 0 : layer.getBiasInit());
    }
    if (layer.form() instanceof WeightForm.Variational form) {
      table.get(LOG_SIGMA2).assign(form.initialLogSigma2());
    }
    if (layer.form() instanceof WeightForm.HardConcrete form) {
      INDArray logAlpha = table.get(LOG_ALPHA);
      Noise noise = Noise.stream(Mix64.key(seed, GATES, Mix64.of(layer.getLayerName())));
      double[] normals = noise.normals(Math.toIntExact(logAlpha.length()));
      INDArray drawn = Nd4j.createFromArray(normals).castTo(logAlpha.dataType());
      drawn.muli(GATE_DEVIATION).addi(form.initialLogAlpha());
      logAlpha.assign(drawn.reshape(logAlpha.ordering(), logAlpha.shape()));
    }
  }

  private static Map<String, INDArray> views(SparseLayer layer, INDArray view) {
    Map<String, INDArray> table = new LinkedHashMap<>();
    long[] shape = layer.weightShape();
    long at = layer.weights();
    table.put(WEIGHTS, vector(view, 0, at).reshape(layer.weightOrder(), shape));
    if (layer.bias() == Bias.LEARNED) {
      table.put(BIAS, vector(view, at, layer.getNOut()));
      at += layer.getNOut();
    }
    String companion = layer.form().companion();
    if (!companion.isEmpty()) {
      table.put(companion, vector(view, at, layer.weights()).reshape(layer.weightOrder(), shape));
    }
    return table;
  }

  private static INDArray vector(INDArray view, long from, long length) {
    return view.reshape(view.length()).get(NDArrayIndex.interval(from, from + length));
  }
}
