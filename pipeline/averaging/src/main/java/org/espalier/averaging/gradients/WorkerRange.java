package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;

/**
 * A range of workers whose gradients are averaged together: a node of a binary tree that only the
 * number of workers decides. A node of n workers is split after the largest power of two below n.
 * The mean of a node is computed from those of its halves, so that neither where workers run nor
 * where means are computed shows in a bit.
 *
 * @param from first worker
 * @param end worker after the last
 */
record WorkerRange(int from, int end) {
  static final int BYTES = 2 * Integer.BYTES;

  static WorkerRange of(int worker) {
    return new WorkerRange(worker, worker + 1);
  }

  static WorkerRange all(int workers) {
    return new WorkerRange(0, workers);
  }

  private int middle() {
    return from + Integer.highestOneBit(end - from - 1);
  }

  private boolean contains(WorkerRange other) {
    return from <= other.from && other.end <= end;
  }

  /**
   * The node whose half this is, in the tree over so many workers.
   *
   * @throws IllegalStateException if this is no half of any
   */
  WorkerRange parent(int workers) {
    WorkerRange node = all(workers);
    while (node.end - node.from > 1 && node.contains(this)) {
      WorkerRange left = new WorkerRange(node.from, node.middle());
      WorkerRange right = new WorkerRange(node.middle(), node.end);
      if (equals(left) || equals(right)) {
        return node;
      }
      node = left.contains(this) ? left : right;
    }
    throw new IllegalStateException(
        "Cannot average: workers %d to %d are no half of any range of %d"
            .formatted(from, end - 1, workers));
  }

  /** The other half of the node whose half this is. */
  WorkerRange sibling(WorkerRange parent) {
    return from == parent.from
        ? new WorkerRange(end, parent.end)
        : new WorkerRange(parent.from, from);
  }

  void write(ByteBuffer out) {
    out.putInt(from).putInt(end);
  }

  static WorkerRange read(ByteBuffer in) {
    return new WorkerRange(in.getInt(), in.getInt());
  }
}
