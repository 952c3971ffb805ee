package org.espalier.engine.replica;

import org.espalier.sparsity.SparseTensor;

/** Where DL4J keeps a tensor: the vertex of its layer and the layer's key for it. */
record TensorAddress(String layer, String parameter) {
  private static final char SEPARATOR = '/';

  static TensorAddress of(SparseTensor tensor) {
    int at = tensor.name().lastIndexOf(SEPARATOR);
    if (at < 0) {
      throw new IllegalArgumentException(
          "Cannot find the tensor " + tensor.name() + ": its name must be layer/parameter");
    }
    return new TensorAddress(tensor.name().substring(0, at), tensor.name().substring(at + 1));
  }

  String name() {
    return layer + SEPARATOR + parameter;
  }

  /** The key in DL4J's table of a graph's parameters. */
  String tableKey() {
    return layer + "_" + parameter;
  }
}
