package org.espalier.tasks.classification;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.espalier.datasets.batch.BatchReader;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.engine.replica.WorkerBatches;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The training images of one worker, in the order of the seed. */
public final class ShuffledImages implements WorkerBatches {
  private final BatchReader reader;
  private final int worker;
  private final ImageArrays arrays;

  /** The share of {@code worker} in {@code split}. */
  public ShuffledImages(
      SplitRows split,
      ShuffledOrder order,
      int worker,
      int classes,
      InputLayout layout,
      PixelScale scale) {
    this.reader = new BatchReader(split, order);
    this.worker = worker;
    this.arrays = new ImageArrays(order.batch(), split.image(), classes, layout, scale);
  }

  @Override
  public MultiDataSet at(long step) {
    try {
      reader.read(step, worker, arrays.pixels(), arrays.labels());
      return arrays.batch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    arrays.close();
  }
}
