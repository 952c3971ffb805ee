package org.espalier.engine.replica;

import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The examples of one worker, addressed by global step. */
@FunctionalInterface
public interface WorkerBatches extends AutoCloseable {
  /** Whether this worker has examples for a step; one that has none sits the step out. */
  default boolean has(long step) {
    return true;
  }

  /** Number of epochs finished before a step: what schedules by epoch count from. */
  default int epoch(long step) {
    return 0;
  }

  /**
   * The minibatch of a step: a pure function of the step. The arrays may be reused by the next
   * call, so they are valid until then.
   */
  MultiDataSet at(long step);

  /** Frees the arrays, where they are its own. */
  @Override
  default void close() {}
}
