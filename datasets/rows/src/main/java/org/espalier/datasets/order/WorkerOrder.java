package org.espalier.datasets.order;

import org.espalier.datasets.RowRange;

/**
 * The rows that one worker reads, step by step or at any step. It remembers the epoch and the
 * window of the last question, which makes consecutive steps cheap and changes no answer. Not safe
 * for use by several threads.
 */
public final class WorkerOrder implements BatchOrder {
  private final ShuffledOrder order;
  private final int worker;
  private final RowRange share;
  private final long windowsPerEpoch;

  private long enteredEpoch = -1;
  private EpochOrder epochOrder;
  private long window = -1;
  private int[] windowOrder;

  WorkerOrder(ShuffledOrder order, int worker) {
    this.order = order;
    this.worker = worker;
    share = order.share(worker);
    windowsPerEpoch = -Math.floorDiv(-share.rows(), (long) order.windowRows());
  }

  @Override
  public int batch() {
    return order.batch();
  }

  /** There is one for every step: epochs never end. */
  @Override
  public boolean has(long step) {
    return step >= 0;
  }

  @Override
  public int rows(long step, long[] rows) {
    if (rows.length < order.batch()) {
      throw new IllegalArgumentException(
          "Cannot put a batch of " + order.batch() + " rows into an array of " + rows.length);
    }
    long first = firstPosition(step);
    enterEpoch(epoch(step));
    for (int i = 0; i < order.batch(); i++) {
      rows[i] = row(first + i);
    }
    return order.batch();
  }

  @Override
  public long epoch(long step) {
    return step / order.stepsPerEpoch();
  }

  /** Counts windows over all epochs: the one in which the rows of {@code step} begin. */
  @Override
  public long window(long step) {
    return epoch(step) * windowsPerEpoch + firstPosition(step) / order.windowRows();
  }

  private long firstPosition(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("Cannot read step " + step + ": steps start at 0");
    }
    return step % order.stepsPerEpoch() * order.batch();
  }

  private void enterEpoch(long next) {
    if (next != enteredEpoch) {
      epochOrder = order.epoch(next);
      enteredEpoch = next;
      window = -1;
    }
  }

  private long row(long positionInShare) {
    long next = positionInShare / order.windowRows();
    long start = next * order.windowRows();
    if (next != window) {
      int rows = (int) Math.min(order.windowRows(), share.rows() - start);
      windowOrder = order.window(enteredEpoch, worker, next, rows);
      window = next;
    }
    return epochOrder.row(share.from() + start + windowOrder[(int) (positionInShare - start)]);
  }
}
