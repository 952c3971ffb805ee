package org.espalier.dl4jspark;

import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.espalier.engine.replica.WorkerBatches;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.reflect.ClassTag$;

/**
 * A worker's share of a fit, addressed by global step.
 *
 * @param share minibatches of the fit
 * @param decoder turns what was serialised into a minibatch
 * @param firstStep number of steps done before the fit
 * @param finishedEpochs number of epochs finished before the fit
 */
record ShareBatches<T>(
    WorkerShare share, StoredMinibatchDecoder<T> decoder, long firstStep, int finishedEpochs)
    implements WorkerBatches {
  @Override
  public boolean has(long step) {
    return step - firstStep < share.size();
  }

  @Override
  public int epoch(long step) {
    return finishedEpochs;
  }

  @Override
  public MultiDataSet at(long step) {
    ByteBuffer bytes = ByteBuffer.wrap(share.at(Math.toIntExact(step - firstStep)));
    T element =
        SparkEnv.get()
            .serializer()
            .newInstance()
            .deserialize(
                bytes,
                Thread.currentThread().getContextClassLoader(),
                ClassTag$.MODULE$.apply(Object.class));
    return decoder.decode(element);
  }
}
