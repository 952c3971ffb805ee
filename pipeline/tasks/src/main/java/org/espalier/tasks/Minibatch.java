package org.espalier.tasks;

import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The arrays of one batch as a network takes them, which a decoder fills again and again. */
public interface Minibatch {
  /** What was filled in last, valid until the next time. */
  MultiDataSet arrays();
}
