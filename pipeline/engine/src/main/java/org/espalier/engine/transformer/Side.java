package org.espalier.engine.transformer;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.LayerNormalisation;
import org.espalier.engine.kernel.sequence.TokenPasses;

/** What the sublayers of the encoder, or of the decoder, share in a plan. */
final class Side {
  private final Transformer network;
  private final int sequences;
  private final int length;
  private final ActivationMemory memory;
  private final LayerNormalisation normalisation;
  private final TokenPasses passes;
  private final Values segments;
  private final Values branch;
  private final Values branchGradient;
  private final Values normalGradient;
  private final Values streamGradient;
  private final Values hiddenGradient;

  /**
   * @param length positions of a sequence
   */
  Side(
      Transformer network,
      int sequences,
      int length,
      ActivationMemory memory,
      LayerNormalisation normalisation,
      TokenPasses passes) {
    this.network = network;
    this.sequences = sequences;
    this.length = length;
    this.memory = memory;
    this.normalisation = normalisation;
    this.passes = passes;
    this.segments = take(1);
    this.branch = take(shape().width());
    this.branchGradient = take(shape().width());
    this.normalGradient = take(shape().width());
    this.streamGradient = take(shape().width());
    this.hiddenGradient = take(shape().feedForward());
  }

  TransformerShape shape() {
    return network.shape();
  }

  TransformerDropout dropout() {
    return network.dropout();
  }

  int sequences() {
    return sequences;
  }

  int length() {
    return length;
  }

  /** Positions of all sequences. */
  int positions() {
    return sequences * length;
  }

  LayerNormalisation normalisation() {
    return normalisation;
  }

  TokenPasses passes() {
    return passes;
  }

  /** `[sequences, length]`: the segments of the positions. */
  Values segments() {
    return segments;
  }

  /** The result of a branch, until it is added. */
  Values branch() {
    return branch;
  }

  /** The gradient of that. */
  Values branchGradient() {
    return branchGradient;
  }

  /** The gradient of what a branch reads. */
  Values normalGradient() {
    return normalGradient;
  }

  /** The gradient of what sublayers add to. */
  Values streamGradient() {
    return streamGradient;
  }

  /** The gradient inside a feed-forward branch. */
  Values hiddenGradient() {
    return hiddenGradient;
  }

  /** New memory of so many features of all positions. */
  Values take(int features) {
    return memory.take(Math.multiplyExact(features, positions()));
  }

  /** New memory of so many values. */
  Values takeValues(int values) {
    return memory.take(values);
  }

  /** A matrix that is applied to the positions of this side. */
  Projection project(TransformerHost host, String key, int out, int in, Into into) {
    return Projection.shared(host, key, out, in, sequences, length, into);
  }
}
