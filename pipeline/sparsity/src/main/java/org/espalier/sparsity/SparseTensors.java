package org.espalier.sparsity;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.base.NearestNames;
import org.espalier.base.Refusal;

/**
 * The tensors of one network that may be sparsified, in the order of the flat parameter vector.
 *
 * <p>Immutable; names are unique and the tensors do not overlap.
 */
public final class SparseTensors implements Iterable<SparseTensor>, Serializable {
  private static final long serialVersionUID = 1L;

  private final List<SparseTensor> inFlatOrder;
  private final Map<String, SparseTensor> byName;

  private SparseTensors(List<SparseTensor> inFlatOrder, Map<String, SparseTensor> byName) {
    this.inFlatOrder = List.copyOf(inFlatOrder);
    this.byName = byName;
  }

  /**
   * The given tensors, put into the order of their offsets.
   *
   * @throws IllegalArgumentException if two share a name or a place in the flat vector
   */
  public static SparseTensors of(Collection<SparseTensor> tensors) {
    List<SparseTensor> sorted = new ArrayList<>(tensors);
    sorted.sort(Comparator.comparingInt(SparseTensor::offset));
    Map<String, SparseTensor> byName = new LinkedHashMap<>();
    SparseTensor previous = null;
    for (SparseTensor tensor : sorted) {
      if (byName.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException(
            "Cannot list two sparse tensors of the name " + tensor.name());
      }
      if (previous != null && tensor.offset() < previous.end()) {
        throw new IllegalArgumentException(
            "Cannot list " + tensor + ": it overlaps " + previous + " in the flat vector");
      }
      previous = tensor;
    }
    return new SparseTensors(sorted, byName);
  }

  /** See {@link #of(Collection)}. */
  public static SparseTensors of(SparseTensor... tensors) {
    return of(List.of(tensors));
  }

  /** Number of tensors. */
  public int size() {
    return inFlatOrder.size();
  }

  /** The {@code i}-th tensor in the order of the flat vector. */
  public SparseTensor at(int i) {
    return inFlatOrder.get(i);
  }

  /** The names, in the order of the flat vector. */
  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /**
   * The tensor of that name.
   *
   * @throws Refusal if there is none, with the names that come nearest
   */
  public SparseTensor named(String name) {
    SparseTensor tensor = byName.get(name);
    if (tensor == null) {
      throw new Refusal(
          "Cannot find a sparse tensor "
              + name
              + " in this network: it has "
              + size()
              + (size() == 0 ? "." : ", the nearest are " + NearestNames.of(name, names()) + "."));
    }
    return tensor;
  }

  /** Number of weights in all tensors. */
  public long totalLength() {
    return inFlatOrder.stream().mapToLong(SparseTensor::length).sum();
  }

  /** Number of weights of the longest tensor, 0 if there is none. */
  public int greatestLength() {
    return inFlatOrder.stream().mapToInt(SparseTensor::length).max().orElse(0);
  }

  @Override
  public Iterator<SparseTensor> iterator() {
    return inFlatOrder.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseTensors that && inFlatOrder.equals(that.inFlatOrder);
  }

  @Override
  public int hashCode() {
    return inFlatOrder.hashCode();
  }

  @Override
  public String toString() {
    return inFlatOrder.toString();
  }
}
