package org.espalier.engine.tensor;

import java.util.List;
import java.util.Optional;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One tensor of a network's parameters. Immutable.
 *
 * @param owner name of the layer or vertex that it belongs to
 * @param key the owner's name for it, such as {@code W}
 * @param role what it is for
 * @param layout what the dimensions of a weight's shape mean; empty for a vector
 * @param shape sizes, outermost first; the last dimension is contiguous
 * @param offset of its first value in its owner's parameters, or in those of the whole network
 * @param pruning whether masks may be held for it
 * @param companion the owner's name for the second parameter of every weight, where there is one
 */
public record ParameterTensor(
    String owner,
    String key,
    TensorRole role,
    Optional<WeightLayout> layout,
    List<Integer> shape,
    int offset,
    Pruning pruning,
    Optional<String> companion) {
  /** The key of the one weight tensor that most layers have. */
  public static final String WEIGHTS = "W";

  private static final char SEPARATOR = '/';

  /** Whether masks may be held for a tensor. */
  public enum Pruning {
    /** They may. */
    ALLOWED,
    /** Every value stays. */
    NONE
  }

  /** Copies the shape. */
  public ParameterTensor {
    shape = List.copyOf(shape);
  }

  /** A weight at offset 0 that may be sparsified, without a companion. */
  public static ParameterTensor weight(
      String owner, String key, WeightLayout layout, Integer... shape) {
    return new ParameterTensor(
        owner,
        key,
        TensorRole.WEIGHT,
        Optional.of(layout),
        List.of(shape),
        0,
        Pruning.ALLOWED,
        Optional.empty());
  }

  /** A vector of another role at offset 0. */
  public static ParameterTensor vector(String owner, String key, TensorRole role, int length) {
    return new ParameterTensor(
        owner, key, role, Optional.empty(), List.of(length), 0, Pruning.NONE, Optional.empty());
  }

  /** The name that masks, reports and files know it by: {@code owner/key}. */
  public String name() {
    return nameOf(owner, key);
  }

  /** The name of a layer's or vertex's tensor. */
  public static String nameOf(String owner, String key) {
    return owner + SEPARATOR + key;
  }

  /**
   * The name that the noise of its values is addressed by. A tensor of the key {@value #WEIGHTS} is
   * its owner's first and draws in the owner's name.
   */
  public String noiseName() {
    return key.equals(WEIGHTS) ? owner : name();
  }

  /** Number of values. */
  public int length() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The end (exclusive) of its values. */
  public int end() {
    return offset + length();
  }

  /** Whether masks may be held for it. */
  public boolean isSparsifiable() {
    return pruning == Pruning.ALLOWED;
  }

  /** The same tensor elsewhere. */
  public ParameterTensor at(int position) {
    return new ParameterTensor(owner, key, role, layout, shape, position, pruning, companion);
  }

  /** The same tensor, of which every value stays. */
  public ParameterTensor neverSparsified() {
    return new ParameterTensor(owner, key, role, layout, shape, offset, Pruning.NONE, companion);
  }

  /**
   * The same weight with the companion of a form, where the form has one. The companion's key is
   * the form's; that of the companion of another weight than {@value #WEIGHTS} has the weight's
   * before it.
   */
  public ParameterTensor with(Optional<String> formCompanion) {
    String prefix = key.equals(WEIGHTS) ? "" : key + ".";
    return new ParameterTensor(
        owner, key, role, layout, shape, offset, pruning, formCompanion.map(prefix::concat));
  }

  /** The companion, at offset 0, of a weight that has one. */
  public ParameterTensor declareCompanion() {
    return new ParameterTensor(
        owner,
        companion.orElseThrow(),
        TensorRole.COMPANION,
        layout,
        shape,
        0,
        Pruning.NONE,
        Optional.empty());
  }

  /** Its values, `[length]`, in the vector that its offset counts in. */
  public INDArray flat(INDArray vector) {
    return vector.reshape(vector.length()).get(NDArrayIndex.interval(offset, end()));
  }

  /** Its values in that vector as ND4J's arrays and DL4J's layers have them, in {@link #order}. */
  public INDArray view(INDArray vector) {
    return flat(vector).reshape(order(), sizes());
  }

  /**
   * The order of ND4J's array: 'f' where it is the transpose `[inputs, outputs]` of a fully
   * connected weight, else 'c'.
   */
  public char order() {
    return isTransposed() ? 'f' : 'c';
  }

  /** The shape of ND4J's array. */
  public long[] sizes() {
    long[] sizes = new long[shape.size()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.get(isTransposed() ? sizes.length - 1 - axis : axis);
    }
    return sizes;
  }

  private boolean isTransposed() {
    return layout.equals(Optional.of(WeightLayout.OUT_IN));
  }

  /** The tensor as masks see it. */
  SparseTensor sparse() {
    return new SparseTensor(
        name(), layout.orElseThrow(), offset, shape.stream().mapToInt(Integer::intValue).toArray());
  }
}
