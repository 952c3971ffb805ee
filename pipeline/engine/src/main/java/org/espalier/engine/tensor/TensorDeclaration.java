package org.espalier.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a layer or vertex that says which tensors it has. */
public interface TensorDeclaration {
  /**
   * All tensors as they lie in the parameters of the layer or vertex.
   *
   * @param owner its name
   */
  List<ParameterTensor> tensors(String owner);

  /**
   * Sets a tensor to what it is before the first step.
   *
   * @param tensor one of {@link #tensors}
   * @param values its values, `[length]`
   * @param seed of the network
   */
  void initialise(ParameterTensor tensor, INDArray values, long seed);

  /** The tensors one after the other, from offset 0 on. */
  static List<ParameterTensor> inOrder(List<ParameterTensor> tensors) {
    List<ParameterTensor> placed = new ArrayList<>();
    int at = 0;
    for (ParameterTensor tensor : tensors) {
      placed.add(tensor.at(at));
      at += tensor.length();
    }
    return List.copyOf(placed);
  }
}
