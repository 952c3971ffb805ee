package org.espalier.engine.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.tensor.ParameterTensor.Pruning;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of DL4J's own as a {@link TensorOwner}. Masks reach the layers of one weight tensor that
 * compute with what DL4J's weight noise makes of it; others have several (recurrent ones) or read
 * their stored weights (embedding, 1D convolution).
 */
final class StockLayer implements TensorOwner {
  private static final Map<Class<?>, WeightLayout> REACHED =
      Map.of(
          DenseLayer.class, WeightLayout.OUT_IN,
          OutputLayer.class, WeightLayout.OUT_IN,
          RnnOutputLayer.class, WeightLayout.OUT_IN,
          ConvolutionLayer.class, WeightLayout.OUT_IN_HEIGHT_WIDTH);

  private final Layer layer;
  private final org.deeplearning4j.nn.conf.layers.Layer configuration;
  private final List<ParameterTensor> tensors;
  private final Map<String, MaskedWeights> masked = new HashMap<>();

  StockLayer(Layer layer) {
    this.layer = layer;
    this.configuration = layer.conf().getLayer();
    this.tensors = declared();
  }

  private List<ParameterTensor> declared() {
    ParamInitializer initialiser = configuration.initializer();
    WeightLayout layout = REACHED.get(configuration.getClass());
    List<ParameterTensor> found = new ArrayList<>();
    for (String key : initialiser.paramKeys(configuration)) {
      TensorRole role = role(initialiser, key);
      found.add(tensor(key, role, role == TensorRole.WEIGHT ? layout : null));
    }
    return List.copyOf(found);
  }

  private TensorRole role(ParamInitializer initialiser, String key) {
    if (initialiser.weightKeys(configuration).contains(key)) {
      return TensorRole.WEIGHT;
    }
    return initialiser.isBiasParam(configuration, key) ? TensorRole.BIAS : TensorRole.NORMALISATION;
  }

  private ParameterTensor tensor(String key, TensorRole role, WeightLayout layout) {
    INDArray values = layer.getParam(key);
    return new ParameterTensor(
        configuration.getLayerName(),
        key,
        role,
        Optional.ofNullable(layout),
        layout == null
            ? List.of(Math.toIntExact(values.length()))
            : shape(configuration.getLayerName() + "/" + key, layout, values),
        Math.toIntExact(values.offset() - layer.params().offset()),
        layout == null ? Pruning.NONE : Pruning.ALLOWED,
        Optional.empty());
  }

  private static List<Integer> shape(String name, WeightLayout layout, INDArray weights) {
    boolean dense = layout == WeightLayout.OUT_IN;
    if (weights.rank() != (dense ? 2 : 4) || weights.ordering() != (dense ? 'f' : 'c')) {
      throw new IllegalArgumentException(
          "Cannot sparsify %s: it is %s in order '%s' where [%s] was expected"
              .formatted(name, weights.shapeInfoToString(), weights.ordering(), layout));
    }
    List<Integer> shape = new ArrayList<>();
    for (int axis = 0; axis < weights.rank(); axis++) {
      shape.add(Math.toIntExact(weights.size(dense ? weights.rank() - 1 - axis : axis)));
    }
    return shape;
  }

  /** The weights that masks do not reach. */
  List<ParameterTensor> unreached() {
    return tensors.stream()
        .filter(tensor -> tensor.role() == TensorRole.WEIGHT && !tensor.isSparsifiable())
        .toList();
  }

  /** The name of the layer's kind, for people. */
  String kind() {
    return configuration.getClass().getSimpleName();
  }

  @Override
  public List<ParameterTensor> tensors() {
    return tensors;
  }

  /** The mask, through which the layer computes from the first call on. */
  @Override
  public HeldMask mask(String key) {
    return masked.computeIfAbsent(key, this::install).mask();
  }

  private MaskedWeights install(String key) {
    MaskedWeights weights = new MaskedWeights(key, layer.getParam(key));
    ((BaseLayer) configuration).setWeightNoise(weights);
    return weights;
  }

  /** Nothing: DL4J's sums are its own. */
  @Override
  public void cut(Slices slices) {}

  @Override
  public void draw(NoiseContext context) {}

  /** None: what DL4J adds to the loss it adds itself. */
  @Override
  public double penalty() {
    return 0;
  }

  @Override
  public void close() {
    layer.close();
  }
}
