package org.espalier.engine.layer;

import java.util.List;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The training of a vertex's tensors, as DL4J's updaters ask for it: one updater for all that are
 * trained, weight decay for weights alone. Gradients of running moments are what is subtracted.
 */
public final class VertexTraining implements TrainingConfig {
  private final String name;
  private final List<ParameterTensor> tensors;
  private final WeightForm form;
  private final IUpdater updater;
  private final double weightDecay;

  /** The training of a vertex of plain weights. */
  public VertexTraining(
      String name, List<ParameterTensor> tensors, IUpdater updater, double weightDecay) {
    this(name, tensors, WeightForm.PLAIN, updater, weightDecay);
  }

  /**
   * The training of a vertex.
   *
   * @param name of the vertex
   * @param tensors of the vertex
   * @param form of the weights, some of which may decay themselves
   * @param weightDecay factor of the weights that is added to their gradient, at least 0
   */
  public VertexTraining(
      String name,
      List<ParameterTensor> tensors,
      WeightForm form,
      IUpdater updater,
      double weightDecay) {
    this.name = name;
    this.tensors = List.copyOf(tensors);
    this.form = form;
    this.updater = updater;
    this.weightDecay = weightDecay;
  }

  @Override
  public String getLayerName() {
    return name;
  }

  @Override
  public List<Regularization> getRegularizationByParam(String key) {
    return has(tensors, key, TensorRole.WEIGHT)
            && weightDecay > 0
            && !form.of(ParameterTensor.nameOf(name, key)).decaysItself()
        ? List.of(new L2Regularization(weightDecay))
        : List.of();
  }

  @Override
  public boolean isPretrainParam(String key) {
    return false;
  }

  @Override
  public IUpdater getUpdaterByParam(String key) {
    return isSet(tensors, key) ? new NoOp() : updater;
  }

  /** Whether the tensor of a key is set and not trained. */
  public static boolean isSet(List<ParameterTensor> tensors, String key) {
    return has(tensors, key, TensorRole.MOMENTS);
  }

  private static boolean has(List<ParameterTensor> tensors, String key, TensorRole role) {
    return tensors.stream().anyMatch(tensor -> tensor.key().equals(key) && tensor.role() == role);
  }

  @Override
  public GradientNormalization getGradientNormalization() {
    return GradientNormalization.None;
  }

  @Override
  public double getGradientNormalizationThreshold() {
    return 0;
  }

  @Override
  public void setDataType(DataType type) {}
}
