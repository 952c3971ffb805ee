package org.espalier.datasets.batch;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.order.WorkerOrder;
import org.espalier.datasets.shards.ImageRows;
import org.espalier.datasets.shards.SplitRows;

/**
 * Reads the batches of a shuffled split. What it reads depends on the order, the step and the
 * worker only.
 *
 * <p>Besides what the cache keeps, it holds the row groups of the current window, so that a small
 * cache costs no repeated reading. Not safe for use by several threads.
 */
public final class BatchReader {
  private final SplitRows split;
  private final ShuffledOrder order;
  private final long[] rows;
  private final Map<Integer, ImageRows> groups = new HashMap<>();
  private int worker = -1;
  private WorkerOrder workerOrder;
  private long window = -1;

  /** Reads {@code split} in {@code order}, which must be an order of that split. */
  public BatchReader(SplitRows split, ShuffledOrder order) {
    this.split = split;
    this.order = order;
    this.rows = new long[order.batch()];
  }

  /**
   * Reads the batch of a step.
   *
   * @param step counted from 0 over all epochs
   * @param ofWorker 0 ... W-1
   * @param pixels receives {@code [batch, channels, height, width]}, unsigned
   * @param labels receives {@code [batch]}
   * @throws IOException if a shard cannot be read
   */
  public void read(long step, int ofWorker, byte[] pixels, int[] labels) throws IOException {
    int imageBytes = split.image().bytes();
    Buffers.check(pixels, labels, order.batch(), imageBytes);
    moveTo(step, ofWorker);
    workerOrder.rows(step, rows);
    RowGroupIndex index = split.index();
    for (int i = 0; i < rows.length; i++) {
      int number = index.groupOf(rows[i]);
      ImageRows group = group(number);
      int row = (int) (rows[i] - index.firstRow(number));
      group.copyPixels(row, pixels, i * imageBytes);
      labels[i] = group.label(row);
    }
  }

  private void moveTo(long step, int ofWorker) {
    if (ofWorker != worker) {
      workerOrder = order.worker(ofWorker);
      worker = ofWorker;
      window = -1;
    }
    long next = workerOrder.window(step);
    if (next != window) {
      groups.clear();
      window = next;
    }
  }

  private ImageRows group(int number) throws IOException {
    ImageRows group = groups.get(number);
    if (group == null) {
      group = split.group(number);
      groups.put(number, group);
    }
    return group;
  }
}
