package org.espalier.engine.replica;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A function of a trained network's output for a batch, computed where the batch is evaluated. An
 * immutable value without side effects, so that a batch may be evaluated anywhere and more than
 * once.
 *
 * @param <T> its result, which travels to the driver
 */
@FunctionalInterface
public interface Observer<T> extends Serializable {
  /**
   * The result of one batch.
   *
   * @param output of the network in evaluation, its first one
   * @param batch the batch that it was computed from, with its labels
   */
  T observe(INDArray output, MultiDataSet batch);
}
