package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.operations.HostVector;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.sparse.KeptValues;
import org.espalier.engine.tensor.NetworkTensors;

/**
 * The kept weights of a tensor: in the network's vectors, or apart while its layers read no others.
 * Owns the memory of those apart.
 */
final class MaskedTensor implements KeptRange {
  private final NetworkTensors tensors;
  private final String name;
  private final HostVector parameters;
  private final NetworkGradient gradient;
  private final UpdatePlan.Scale scale;
  private final int offset;
  private final int[] indices;
  private Optional<KeptValues> apart = Optional.empty();

  /** The kept weights under the mask that is held. */
  MaskedTensor(
      String name, NetworkTensors tensors, HostVector parameters, NetworkGradient gradient) {
    this.name = name;
    this.tensors = tensors;
    this.parameters = parameters;
    this.gradient = gradient;
    this.scale = gradient.scale(name);
    this.offset = tensors.named(name).offset();
    this.indices = tensors.mask(name).keptWeights().indices();
  }

  /** Keeps them apart from now on, if its layers read no others. */
  void separate() {
    Optional<KeptWeights> leftIn = tensors.leftIn(name);
    if (leftIn.isEmpty() || count() == 0 || apart.isPresent()) {
      return;
    }
    FloatBuffer weights = FloatBuffer.allocate(count());
    parameters.gather(offset, indices, 0, weights);
    KeptValues values = new KeptValues(Values.floats(count()), Values.floats(count()));
    FloatValues.require(values.weights()).write(0, weights);
    apart = Optional.of(values);
    tensors.mask(name).keepApart(values);
  }

  /** Puts them back into the network's vectors. */
  void join() {
    if (apart.isPresent()) {
      FloatBuffer weights = FloatBuffer.allocate(count());
      FloatValues.require(apart.get().weights()).read(0, weights);
      release();
      write(weights);
    }
  }

  /** Ends what lies apart. */
  void release() {
    if (apart.isPresent()) {
      tensors.mask(name).keepTogether();
      apart.get().weights().release();
      apart.get().gradient().release();
      apart = Optional.empty();
    }
  }

  @Override
  public int count() {
    return indices.length;
  }

  @Override
  public void write(FloatBuffer source) {
    if (apart.isPresent()) {
      FloatValues.require(apart.get().weights()).write(0, source.slice(source.position(), count()));
    } else {
      parameters.scatter(offset, indices, source);
    }
  }

  @Override
  public void readGradient(int skipped, float[] target, int to, int size, int minibatch) {
    if (apart.isPresent()) {
      FloatValues.require(apart.get().gradient()).read(skipped, target, to, size);
    } else {
      gradient.gather(offset, indices, skipped, FloatBuffer.wrap(target, to, size));
    }
    NetworkGradient.scale((float) scale.factor(minibatch), to, to + size, target);
  }
}
