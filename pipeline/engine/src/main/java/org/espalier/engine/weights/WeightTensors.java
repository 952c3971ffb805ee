package org.espalier.engine.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.nd4j.linalg.api.buffer.DataType;

/** The weight tensors of one layer or vertex in one replica, by their keys. Owns them. */
public final class WeightTensors implements AutoCloseable {
  private final Map<String, WeightTensor> byKey = new LinkedHashMap<>();
  private final TurnedScratch turned;

  /**
   * All weights of a form among the tensors of a layer or vertex.
   *
   * @param form of the weights, of each tensor where they differ
   * @param tensors as they are declared
   * @param host the layer or vertex
   * @param type of the values
   */
  public WeightTensors(
      WeightForm form, List<ParameterTensor> tensors, TensorHost host, DataType type) {
    this.turned = new TurnedScratch(LayerArithmetic.of(type), type);
    for (ParameterTensor tensor : tensors) {
      if (tensor.role() == TensorRole.WEIGHT) {
        byKey.put(
            tensor.key(), WeightTensor.of(form.of(tensor.name()), tensor, host, type, turned));
      }
    }
  }

  /**
   * The weights of a key.
   *
   * @throws IllegalArgumentException if there are none
   */
  public WeightTensor of(String key) {
    WeightTensor weights = byKey.get(key);
    if (weights == null) {
      throw new IllegalArgumentException(
          "Cannot find the weights %s: there are %s.".formatted(key, byKey.keySet()));
    }
    return weights;
  }

  /** The mask that the passes read the weights of a key through. */
  public HeldMask mask(String key) {
    return of(key).mask();
  }

  /** Draws the noise of this seed and worker from the next step on. */
  public void draw(NoiseContext context) {
    byKey.values().forEach(weights -> weights.draw(context));
  }

  /** The penalties in the loss, with their factors. */
  public double penalty() {
    return byKey.values().stream().mapToDouble(WeightTensor::penalty).sum();
  }

  @Override
  public void close() {
    byKey.values().forEach(WeightTensor::close);
    turned.close();
  }
}
