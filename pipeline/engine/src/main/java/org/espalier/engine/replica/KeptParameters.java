package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.espalier.engine.operations.HostVector;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;

/**
 * The parameters of a replica that its masks leave in, in flat order, and their gradient: the order
 * in which they travel. Valid until other masks are held.
 */
final class KeptParameters implements AutoCloseable {
  private final List<KeptRange> ranges = new ArrayList<>();
  private final List<MaskedTensor> masked = new ArrayList<>();

  /**
   * The kept parameters under the masks that are held.
   *
   * @param names of the tensors that masks are held for
   */
  KeptParameters(
      Collection<String> names,
      NetworkTensors tensors,
      HostVector parameters,
      NetworkGradient gradient) {
    List<ParameterTensor> leavingOut =
        names.stream()
            .filter(name -> !tensors.mask(name).isDense())
            .map(tensors::named)
            .sorted(Comparator.comparing(ParameterTensor::offset))
            .toList();
    int at = 0;
    for (ParameterTensor tensor : leavingOut) {
      addUnmasked(at, tensor.offset(), parameters, gradient);
      MaskedTensor range = new MaskedTensor(tensor.name(), tensors, parameters, gradient);
      masked.add(range);
      ranges.add(range);
      at = tensor.end();
    }
    addUnmasked(at, parameters.length(), parameters, gradient);
  }

  private void addUnmasked(int from, int end, HostVector parameters, NetworkGradient gradient) {
    if (from < end) {
      ranges.add(new UnmaskedRange(from, end - from, parameters, gradient));
    }
  }

  /** Keeps weights apart from now on where layers read no others. */
  void separate() {
    masked.forEach(MaskedTensor::separate);
  }

  /** Puts weights that lie apart back into the network's vectors. */
  void join() {
    masked.forEach(MaskedTensor::join);
  }

  /** Replaces all of them by the values from the source's position on. */
  void write(FloatBuffer source) {
    int at = source.position();
    for (KeptRange range : ranges) {
      range.write(source.slice(at, range.count()));
      at += range.count();
    }
  }

  /**
   * Copies {@code count} values of their mean gradient, from {@code from} on.
   *
   * @param minibatch rows of the batch that it was computed of
   */
  void readGradient(int from, float[] target, int count, int minibatch) {
    int start = 0;
    for (KeptRange range : ranges) {
      int first = Math.max(from, start);
      int size = Math.min(from + count, start + range.count()) - first;
      if (size > 0) {
        range.readGradient(first - start, target, first - from, size, minibatch);
      }
      start += range.count();
    }
  }

  @Override
  public void close() {
    masked.forEach(MaskedTensor::release);
  }
}
