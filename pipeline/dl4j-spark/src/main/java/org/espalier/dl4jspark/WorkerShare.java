package org.espalier.dl4jspark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/**
 * One worker's minibatches of a fit, in the order of its steps, each serialised on its own: a round
 * deserialises those of its steps and no others.
 */
final class WorkerShare implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<byte[]> minibatches;

  private WorkerShare(List<byte[]> minibatches) {
    this.minibatches = minibatches;
  }

  /** The share of what arrives, keyed by position. */
  static WorkerShare of(Iterator<Tuple2<Long, byte[]>> arriving) {
    List<Tuple2<Long, byte[]>> elements = new ArrayList<>();
    arriving.forEachRemaining(elements::add);
    elements.sort(Comparator.comparing(Tuple2::_1));
    return new WorkerShare(new ArrayList<>(elements.stream().map(Tuple2::_2).toList()));
  }

  int size() {
    return minibatches.size();
  }

  byte[] at(int step) {
    return minibatches.get(step);
  }
}
