package org.espalier.engine.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.DeclaredParameters;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorDeclaration;
import org.espalier.engine.tensor.TensorOwner;
import org.espalier.engine.weights.TensorHost;
import org.espalier.engine.weights.WeightForm;
import org.espalier.engine.weights.WeightTensors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vertex with tensors of its own in one replica. A subclass computes; this keeps what DL4J, masks
 * and optimisers ask of the tensors.
 */
@SuppressWarnings("overrides") // DL4J overrides its own varargs without them.
public abstract class TensorVertex extends BaseGraphVertex implements TensorOwner, TensorHost {
  private static final long serialVersionUID = 1L;

  private transient LayerKernels kernels;
  private transient NoiseContext context;
  private final transient TrainingConfig training;
  private final transient List<ParameterTensor> tensors;
  private final transient WeightTensors weights;
  private final transient INDArray parameters;
  private final transient Map<String, INDArray> views;
  private transient INDArray gradients;
  private transient Map<String, INDArray> gradientViews;

  /**
   * A vertex of an initialised graph.
   *
   * @param place the graph, and the vertex's name and number in it
   * @param declaration the tensors
   * @param form of the weights
   * @param training how the tensors are trained
   * @param parameters the vertex's part of the flat vector
   * @param type of the values
   */
  protected TensorVertex(
      Place place,
      TensorDeclaration declaration,
      WeightForm form,
      TrainingConfig training,
      Parameters parameters,
      DataType type) {
    super(place.graph(), place.name(), place.index(), null, null, type);
    this.kernels = LayerArithmetic.of(type);
    this.training = training;
    this.tensors = declaration.tensors(place.name());
    this.weights = new WeightTensors(form, tensors, this, type);
    this.parameters = parameters.vector();
    long seed = defaults().getSeed();
    this.context = new NoiseContext(seed, 0);
    weights.draw(context);
    if (parameters.first() == Parameters.First.INITIALISED) {
      DeclaredParameters.initialise(declaration, place.name(), parameters.vector(), seed);
    }
    this.views = DeclaredParameters.views(tensors, parameters.vector());
  }

  /**
   * The place of a vertex.
   *
   * @param graph that it belongs to
   * @param name of the vertex
   * @param index its number in the graph
   */
  public record Place(ComputationGraph graph, String name, int index) {}

  /**
   * The parameters of a vertex.
   *
   * @param vector their part of the flat vector
   * @param first whether they are to be set
   */
  public record Parameters(INDArray vector, First first) {
    /** What becomes of the values that the vector has. */
    public enum First {
      /** They are overwritten by those of a new network. */
      INITIALISED,
      /** They stay. */
      GIVEN
    }

    /** The parameters as DL4J hands them to a vertex. */
    public static Parameters of(INDArray vector, boolean initialise) {
      return new Parameters(vector, initialise ? First.INITIALISED : First.GIVEN);
    }
  }

  /** The arithmetic that the passes run on. */
  protected final LayerKernels kernels() {
    return kernels;
  }

  /** The weights, by their keys. */
  protected final WeightTensors weights() {
    return weights;
  }

  /** The noise of this step for a purpose of the vertex's own, beside that of its weights. */
  protected final Noise noise(String purpose) {
    return context.noise(step(), ParameterTensor.nameOf(getVertexName(), purpose));
  }

  /** The gradients of all tensors as DL4J collects them. */
  protected final Gradient parameterGradients() {
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach((key, view) -> gradient.gradientForVariable().put(key, view));
    return gradient;
  }

  @Override
  public final List<ParameterTensor> tensors() {
    return tensors;
  }

  @Override
  public final HeldMask mask(String key) {
    return weights.mask(key);
  }

  /** A subclass that keeps what {@link #kernels} gave it gives that up. */
  @Override
  public void cut(Slices slices) {
    kernels = LayerArithmetic.of(dataType, slices);
  }

  @Override
  public final void draw(NoiseContext next) {
    context = next;
    weights.draw(next);
  }

  @Override
  public final double penalty() {
    return weights.penalty();
  }

  @Override
  public void close() {
    weights.close();
  }

  @Override
  public final INDArray parameter(String key) {
    return views.get(key);
  }

  @Override
  public final INDArray gradient(String key) {
    return gradientViews.get(key);
  }

  @Override
  public final long step() {
    return graph.getConfiguration().getIterationCount();
  }

  @Override
  public final double gradientDivisor() {
    return defaults().isMiniBatch() ? inputs[0].size(0) : 1;
  }

  private NeuralNetConfiguration defaults() {
    return graph.getConfiguration().getDefaultConfiguration();
  }

  @Override
  public final boolean hasLayer() {
    return false;
  }

  @Override
  public final Layer getLayer() {
    return null;
  }

  @Override
  public final TrainingConfig getConfig() {
    return training;
  }

  @Override
  public final INDArray params() {
    return parameters;
  }

  @Override
  public final Map<String, INDArray> paramTable(boolean backpropOnly) {
    return views;
  }

  @Override
  public final INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    gradientViews = DeclaredParameters.views(tensors, view);
  }
}
