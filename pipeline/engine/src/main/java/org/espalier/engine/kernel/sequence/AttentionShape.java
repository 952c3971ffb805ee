package org.espalier.engine.kernel.sequence;

/**
 * The shape of the attention of some sequences to others, the same number of them.
 *
 * @param sequences number of sequences
 * @param queries positions of a sequence that attends
 * @param keys positions of a sequence that is attended to
 * @param heads number of heads
 * @param size features of a head
 * @param reach which positions of its segment a query attends to
 */
public record AttentionShape(
    int sequences, int queries, int keys, int heads, int size, Reach reach) {
  /** Which positions of its segment a query attends to. */
  public enum Reach {
    /** To all. */
    SEGMENT,
    /** To its own position and those before it. */
    BEFORE
  }

  /** Checks that there is something of everything. */
  public AttentionShape {
    if (sequences < 1 || queries < 1 || keys < 1 || heads < 1 || size < 1) {
      throw new IllegalArgumentException(
          "Cannot attend with %d heads of %d features from %d sequences of %d positions to %d: all must be at least 1."
              .formatted(heads, size, sequences, queries, keys));
    }
    if (reach == Reach.BEFORE && queries != keys) {
      throw new IllegalArgumentException(
          "Cannot attend to positions before a query in sequences of %d positions from %d: both must be the same."
              .formatted(keys, queries));
    }
  }

  /** Number of attention weights. */
  public int weights() {
    return Math.multiplyExact(sequences * heads, Math.multiplyExact(queries, keys));
  }

  /** Values of all queries, or of what is computed for them. */
  int queryValues() {
    return heads * size * sequences * queries;
  }

  /** Index of a head's first query of a sequence. */
  int query(int sequence, int head) {
    return head * size * queryStride() + sequence * queries;
  }

  /** Index of a head's first key of a sequence. */
  int key(int sequence, int head) {
    return head * size * keyStride() + sequence * keys;
  }

  /** Distance of a query's features. */
  int queryStride() {
    return sequences * queries;
  }

  /** Distance of a key's features. */
  int keyStride() {
    return sequences * keys;
  }

  /** Index of the first attention weight of a sequence and head. */
  int weight(int sequence, int head) {
    return (sequence * heads + head) * keys * queries;
  }

  /** What products of queries and keys are multiplied by. */
  double scale() {
    return 1 / Math.sqrt(size);
  }
}
