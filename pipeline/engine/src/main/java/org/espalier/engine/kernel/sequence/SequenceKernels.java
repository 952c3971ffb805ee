package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.LayerKernels;

/**
 * The arithmetic of sequences on one kind of memory: the fast form where the kernels have what it
 * is made of, else the reference. The objects handed out are used by one thread at a time each.
 *
 * @param kernels of the memory
 */
public record SequenceKernels(LayerKernels kernels) {
  /** Layer normalisation. */
  public LayerNormalisation normalisation() {
    return kernels.lanes().isPresent()
        ? new FastLayerNormalisation()
        : new ReferenceLayerNormalisation();
  }

  /** Attention of a shape, which the caller closes. */
  public Attention attention(AttentionShape shape) {
    return kernels.lanes().isPresent() && kernels.parts().isPresent()
        ? new FastAttention(shape, kernels.lanes().get(), kernels.parts().get())
        : new ReferenceAttention(shape);
  }

  /** What else is done with tokens. */
  public TokenPasses passes() {
    return kernels
        .lanes()
        .<TokenPasses>map(FastTokenPasses::new)
        .orElseGet(ReferenceTokenPasses::new);
  }

  /** Softmax and cross-entropy over all tokens. */
  public TokenScores scores() {
    return kernels
        .lanes()
        .<TokenScores>map(FastTokenScores::new)
        .orElseGet(ReferenceTokenScores::new);
  }
}
