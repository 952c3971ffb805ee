package org.espalier.engine.tensor;

import java.util.List;
import java.util.Optional;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.KeptWeights;

/** A layer or vertex in one replica, with the tensors that it computes with. */
public interface TensorOwner extends AutoCloseable {
  /** All of its tensors; offsets count from the first of its own parameters. */
  List<ParameterTensor> tensors();

  /**
   * The mask that the passes read a tensor through.
   *
   * @param key the owner's name for a tensor that can be sparsified
   */
  HeldMask mask(String key);

  /** The kept weights of a tensor, if every pass of a step leaves the others out. */
  default Optional<KeptWeights> leftIn(String key) {
    return Optional.empty();
  }

  /** The running moments among its tensors, which workers merge as moments. */
  default List<MomentTensors> moments() {
    return List.of();
  }

  /** The multiply-adds since they were last asked for, as far as it counts them. */
  default MultiplyAdds takeMultiplyAdds() {
    return MultiplyAdds.NONE;
  }

  /** Cuts products and convolutions into so many slices from the next step on. */
  void cut(Slices slices);

  /** Draws the noise of this seed and worker from the next step on. */
  void draw(NoiseContext context);

  /** The penalties of its drawn weights in the loss, with their factors. */
  double penalty();

  /** Frees what it holds beside the network's vectors. */
  @Override
  void close();
}
