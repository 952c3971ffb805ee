package org.espalier.datasets.order;

/**
 * Which rows of a split make up which batch: a pure function of the step. Implementations may
 * remember the last question, so all but {@link #has} is used by one thread at a time.
 */
public interface BatchOrder {
  /** The most rows that a batch has. */
  int batch();

  /** Whether there is a batch for a step. */
  boolean has(long step);

  /**
   * Fills {@code rows}, which has at least the length of a batch, with the rows of {@code step},
   * each counted from 0 in the stored order of the split.
   *
   * @param step counted from 0
   * @return the number of rows
   */
  int rows(long step, long[] rows);

  /** The epoch that all rows of a step belong to, counted from 0. */
  long epoch(long step);

  /**
   * Numbers the stretches of steps whose batches share row groups: a reader keeps the row groups of
   * a window until it is asked for others.
   */
  long window(long step);
}
