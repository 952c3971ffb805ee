package org.espalier.engine.replica;

import java.nio.FloatBuffer;

/** Some of a network's kept parameters, neighbours in flat order. */
interface KeptRange {
  /** How many. */
  int count();

  /** Replaces all by the values from the source's position on. */
  void write(FloatBuffer source);

  /**
   * Copies a part of the mean gradient.
   *
   * @param skipped number of parameters before the first of the part
   * @param to where the part begins in the target
   * @param minibatch rows of the batch that it was computed of
   */
  void readGradient(int skipped, float[] target, int to, int count, int minibatch);
}
