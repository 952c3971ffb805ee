package org.espalier.engine.transformer;

/**
 * The shape of a batch as it is computed with: lengths are rounded up by padding, so that batches
 * of slightly different lengths share a plan.
 *
 * @param sequences of the batch
 * @param source positions of a source sequence
 * @param target positions of a target sequence
 */
record BatchShape(int sequences, int source, int target) {
  /** Lengths are multiples of this. */
  private static final int STEP = 16;

  /** The shape for sequences of these lengths. */
  static BatchShape of(int sequences, int source, int target) {
    return new BatchShape(sequences, padded(source), padded(target));
  }

  private static int padded(int length) {
    return (length + STEP - 1) / STEP * STEP;
  }

  /** Positions of all source sequences. */
  int sources() {
    return sequences * source;
  }

  /** Positions of all target sequences. */
  int targets() {
    return sequences * target;
  }
}
