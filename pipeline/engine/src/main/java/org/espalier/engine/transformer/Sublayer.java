package org.espalier.engine.transformer;

import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.sparsity.WeightLayout;

/**
 * A sublayer of a Transformer: {@code y = x + dropout(branch(norm(x)))}. Immutable.
 *
 * @param name such as {@code encoder.layer0.selfAttention}; its tensors' names begin with it
 * @param kind of its branch
 */
record Sublayer(String name, Kind kind) {
  static final String GAIN = ".gain";
  static final String SHIFT = ".shift";
  static final String BIAS = ".bias";
  private static final String NORM = ".norm";
  private static final String SELF_ATTENTION = "selfAttention";

  /** What a branch does. */
  enum Kind {
    /** Attends to its own sequence. */
    SELF_ATTENTION,
    /** Attends to its own sequence up to each position. */
    CAUSAL_ATTENTION,
    /** Attends to what the encoder gives. */
    ENCODER_ATTENTION,
    /** Two products, position by position, with ReLU between them. */
    FEED_FORWARD
  }

  /** The sublayers of the encoder, in their order. */
  static List<Sublayer> ofEncoder(TransformerShape shape) {
    List<Sublayer> sublayers = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "encoder.layer%d.".formatted(layer);
      sublayers.add(new Sublayer(name + SELF_ATTENTION, Kind.SELF_ATTENTION));
      sublayers.add(new Sublayer(name + "ffn", Kind.FEED_FORWARD));
    }
    return List.copyOf(sublayers);
  }

  /** The sublayers of the decoder, in their order. */
  static List<Sublayer> ofDecoder(TransformerShape shape) {
    List<Sublayer> sublayers = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "decoder.layer%d.".formatted(layer);
      sublayers.add(new Sublayer(name + SELF_ATTENTION, Kind.CAUSAL_ATTENTION));
      sublayers.add(new Sublayer(name + "encdecAttention", Kind.ENCODER_ATTENTION));
      sublayers.add(new Sublayer(name + "ffn", Kind.FEED_FORWARD));
    }
    return List.copyOf(sublayers);
  }

  /** The name of the normalisation before its branch. */
  String norm() {
    return name + NORM;
  }

  /** The projection of queries. */
  String queries() {
    return name + ".q";
  }

  /** The projection of keys. */
  String keys() {
    return name + ".k";
  }

  /** The projection of values. */
  String values() {
    return name + ".v";
  }

  /** The projection of what attention gives. */
  String output() {
    return name + ".output";
  }

  /** The first product of a feed-forward branch. */
  String inner() {
    return name + ".conv1";
  }

  /** The second product of a feed-forward branch. */
  String outer() {
    return name + ".conv2";
  }

  /** Its tensors, without companions, at offset 0. */
  List<ParameterTensor> tensors(String owner, TransformerShape shape) {
    List<ParameterTensor> tensors = new ArrayList<>(normalisation(owner, norm(), shape.width()));
    int width = shape.width();
    if (kind == Kind.FEED_FORWARD) {
      tensors.add(matrix(owner, inner(), shape.feedForward(), width));
      tensors.add(bias(owner, inner(), shape.feedForward()));
      tensors.add(matrix(owner, outer(), width, shape.feedForward()));
      tensors.add(bias(owner, outer(), width));
    } else {
      for (String key : List.of(queries(), keys(), values(), output())) {
        tensors.add(matrix(owner, key, width, width));
      }
    }
    return tensors;
  }

  /** The tensors of a normalisation, at offset 0. */
  static List<ParameterTensor> normalisation(String owner, String name, int width) {
    return List.of(
        ParameterTensor.vector(owner, name + GAIN, TensorRole.NORMALISATION, width),
        ParameterTensor.vector(owner, name + SHIFT, TensorRole.NORMALISATION, width));
  }

  private static ParameterTensor matrix(String owner, String key, int outputs, int inputs) {
    return ParameterTensor.weight(owner, key, WeightLayout.OUT_IN, outputs, inputs);
  }

  private static ParameterTensor bias(String owner, String key, int outputs) {
    return ParameterTensor.vector(owner, key + BIAS, TensorRole.BIAS, outputs);
  }
}
