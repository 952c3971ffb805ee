package org.espalier.engine.replica;

import java.util.Map;
import org.espalier.base.Metric;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The way in which a task judges a trained network: batch by batch on the executors, then by the
 * sum of what was found.
 *
 * <p>An implementation is an immutable value without side effects, so that a batch may be judged
 * anywhere and more than once.
 */
public interface Judge extends Observer<Tally> {
  /**
   * The tally of one batch.
   *
   * @param output of the network in evaluation, its first one
   * @param batch the batch that it was computed from, with its labels
   */
  Tally judge(INDArray output, MultiDataSet batch);

  @Override
  default Tally observe(INDArray output, MultiDataSet batch) {
    return judge(output, batch);
  }

  /** The metric that networks of the task are compared by. */
  Metric leading();

  /**
   * The values of all metrics, the leading one among them.
   *
   * @param whole the tally of every batch, added in their order
   */
  Map<Metric, Double> metrics(Tally whole);
}
