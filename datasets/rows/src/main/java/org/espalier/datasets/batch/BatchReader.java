package org.espalier.datasets.batch;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.order.BatchOrder;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.SplitRows;

/**
 * Reads the batches of a split in an order. What it reads depends on the order and the step only.
 *
 * <p>Besides what the cache keeps, it holds the row groups of the two windows that were asked for
 * last, so that a small cache costs no repeated reading, not even where one window follows another
 * and both are read at once. Safe for use by several threads, of which one reads at a time.
 */
public final class BatchReader {
  private static final int WINDOWS_HELD = 2;

  private final SplitRows split;
  private final BatchOrder order;
  private final LinkedHashMap<Long, Map<Integer, Rows>> windows =
      new LinkedHashMap<>(4, 0.75f, true);

  /**
   * Reads {@code split} in {@code order}, which must be an order of that split and belongs to this
   * reader from now on.
   */
  public BatchReader(SplitRows split, BatchOrder order) {
    this.split = split;
    this.order = order;
  }

  /** Whether there is a batch for a step; answered at once, also while another thread reads. */
  public boolean has(long step) {
    return order.has(step);
  }

  /**
   * The rows of a step.
   *
   * @param step counted from 0 over all epochs
   * @throws IOException if a shard cannot be read
   */
  public synchronized BatchRows read(long step) throws IOException {
    long[] numbers = new long[order.batch()];
    numbers = Arrays.copyOf(numbers, order.rows(step, numbers));
    Map<Integer, Rows> held = groupsOf(order.window(step));
    RowGroupIndex index = split.index();
    Rows[] groups = new Rows[numbers.length];
    int[] indices = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      int group = index.groupOf(numbers[i]);
      groups[i] = group(group, held);
      indices[i] = (int) (numbers[i] - index.firstRow(group));
    }
    return new BatchRows(order.epoch(step), numbers, groups, indices);
  }

  private Map<Integer, Rows> groupsOf(long window) {
    Map<Integer, Rows> held = windows.computeIfAbsent(window, number -> new HashMap<>());
    if (windows.size() > WINDOWS_HELD) {
      windows.remove(windows.keySet().iterator().next());
    }
    return held;
  }

  private Rows group(int number, Map<Integer, Rows> held) throws IOException {
    Rows rows = held.get(number);
    if (rows == null) {
      rows = split.group(number);
      held.put(number, rows);
    }
    return rows;
  }
}
