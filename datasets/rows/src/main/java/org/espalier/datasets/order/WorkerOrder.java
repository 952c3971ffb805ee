package org.espalier.datasets.order;

import org.espalier.datasets.RowRange;

/**
 * The rows that one worker reads, step by step or at any step. It remembers the epoch and the
 * window of the last question, which makes consecutive steps cheap and changes no answer. Not safe
 * for use by several threads.
 */
public final class WorkerOrder {
  private final ShuffledOrder order;
  private final int worker;
  private final RowRange share;
  private final long windowsPerEpoch;

  private long epoch = -1;
  private EpochOrder epochOrder;
  private long window = -1;
  private int[] windowOrder;

  WorkerOrder(ShuffledOrder order, int worker) {
    this.order = order;
    this.worker = worker;
    share = order.share(worker);
    windowsPerEpoch = -Math.floorDiv(-share.rows(), (long) order.windowRows());
  }

  /**
   * Fills {@code rows}, which has the length of a batch, with the rows of {@code step}, each
   * counted from 0 in the stored order of the split.
   *
   * @param step counted from 0 over all epochs
   */
  public void rows(long step, long[] rows) {
    if (rows.length != order.batch()) {
      throw new IllegalArgumentException(
          "Cannot put a batch of " + order.batch() + " rows into an array of " + rows.length);
    }
    long first = firstPosition(step);
    enterEpoch(step / order.stepsPerEpoch());
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(first + i);
    }
  }

  /** Counts windows over all epochs: the one in which the rows of {@code step} begin. */
  public long window(long step) {
    long inEpoch = firstPosition(step) / order.windowRows();
    return step / order.stepsPerEpoch() * windowsPerEpoch + inEpoch;
  }

  private long firstPosition(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("Cannot read step " + step + ": steps start at 0");
    }
    return step % order.stepsPerEpoch() * order.batch();
  }

  private void enterEpoch(long next) {
    if (next != epoch) {
      epochOrder = order.epoch(next);
      epoch = next;
      window = -1;
    }
  }

  private long row(long positionInShare) {
    long next = positionInShare / order.windowRows();
    long start = next * order.windowRows();
    if (next != window) {
      int rows = (int) Math.min(order.windowRows(), share.rows() - start);
      windowOrder = order.window(epoch, worker, next, rows);
      window = next;
    }
    return epochOrder.row(share.from() + start + windowOrder[(int) (positionInShare - start)]);
  }
}
