package org.espalier.engine.tensor;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * The configuration of a layer or vertex that says how often it multiplies by weights: its own, or
 * another's, such as the table of an embedding.
 */
public interface ProductDeclaration {
  /**
   * The products of each weight tensor that it computes with, by the tensor's name; a layer's or
   * vertex's own are called as {@link TensorDeclaration#tensors} calls them.
   *
   * <p>Sequences of unknown length count as one position, so their products are per token.
   *
   * @param owner its name
   * @param inputs what it gets of one example
   */
  Map<String, TensorProducts> products(String owner, InputType... inputs);

  /** The positions of an example that is a sequence, 1 where it is none or of unknown length. */
  static long positions(InputType input) {
    return input instanceof InputType.InputTypeRecurrent sequence
        ? Math.max(1, sequence.getTimeSeriesLength())
        : 1;
  }
}
