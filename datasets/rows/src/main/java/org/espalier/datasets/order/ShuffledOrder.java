package org.espalier.datasets.order;

import java.io.Serializable;
import org.espalier.base.Mix64;
import org.espalier.base.Refusal;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;

/**
 * Which rows each worker reads at each step: a pure function of the split, the seed, the number of
 * workers W, the rows b per worker and step, and the window.
 *
 * <p>In every epoch the N rows of the split are laid out in a new order of their row groups, keyed
 * by (seed, epoch, names of the shards). Worker w owns the positions [w N / W, (w + 1) N / W) of
 * that layout, so it reads about 1/W of the bytes. Within its own positions, consecutive windows (a
 * bounded shuffle buffer) are permuted, keyed by (seed, epoch, worker, window). An epoch has
 * floor(floor(N / W) / b) steps; the rows that are left over are not read in that epoch.
 *
 * <p>Steps are counted from 0 over all epochs. Immutable.
 */
public final class ShuffledOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows per window unless told otherwise. */
  public static final int WINDOW_ROWS_DEFAULT = 8192;

  private static final long GROUPS = Mix64.of("order of row groups");
  private static final long WINDOWS = Mix64.of("order within a window");

  private final RowGroupIndex index;
  private final long names;
  private final long seed;
  private final int workers;
  private final int batch;
  private final int windowRows;
  private final long stepsPerEpoch;

  /**
   * The order of {@code split}.
   *
   * @param workers W, at least 1
   * @param batch b, the rows that one worker reads in one step, at least 1
   * @param windowRows the rows that are permuted together, at least 1; memory per worker grows with
   *     it
   * @throws Refusal if a number is too small or a worker's share of the rows is less than one batch
   */
  public ShuffledOrder(Split split, long seed, int workers, int batch, int windowRows) {
    refuseBelowOne("workers", workers);
    refuseBelowOne("rows per batch", batch);
    refuseBelowOne("rows per window", windowRows);
    index = new RowGroupIndex(split);
    this.seed = seed;
    this.workers = workers;
    this.batch = batch;
    this.windowRows = windowRows;
    names = names(split);
    stepsPerEpoch = index.rows() / workers / batch;
    if (stepsPerEpoch == 0) {
      throw new Refusal(
          "Cannot train "
              + workers
              + " workers with "
              + batch
              + " rows each per step: the split has only "
              + index.rows()
              + " rows; choose fewer workers or a smaller batch.");
    }
  }

  /** W. */
  public int workers() {
    return workers;
  }

  /** b, the rows that one worker reads in one step. */
  public int batch() {
    return batch;
  }

  /** The steps in which every worker passes once over its share. */
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** The order as one worker sees it. */
  public WorkerOrder worker(int worker) {
    return new WorkerOrder(this, worker);
  }

  EpochOrder epoch(long epoch) {
    return new EpochOrder(index, Mix64.key(seed, GROUPS, epoch, names));
  }

  RowRange share(int worker) {
    return RowRange.share(index.rows(), worker, workers);
  }

  int windowRows() {
    return windowRows;
  }

  int[] window(long epoch, int worker, long window, int rows) {
    return Mix64.permutation(rows, Mix64.key(seed, WINDOWS, epoch, worker, window));
  }

  private static long names(Split split) {
    long names = split.shards().size();
    for (Shard shard : split.shards()) {
      names = Mix64.key(names, Mix64.of(shard.path()));
    }
    return names;
  }

  private static void refuseBelowOne(String what, int value) {
    if (value < 1) {
      throw new Refusal(
          "Cannot order rows for " + value + " " + what + ": choose a number of at least 1.");
    }
  }
}
