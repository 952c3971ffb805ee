package org.espalier.jobs.bench;

/**
 * The size of a measured batch.
 *
 * @param examples of a step
 * @param length tokens of an example that is a sequence, else 1
 */
record BatchSize(int examples, int length) {
  /** A batch of examples that are no sequences. */
  static BatchSize of(int examples) {
    return new BatchSize(examples, 1);
  }

  /** For people, such as {@code b8}, or {@code 8x64} of sequences. */
  @Override
  public String toString() {
    return length == 1 ? "b" + examples : examples + "x" + length;
  }
}
