package org.espalier.datasets.batch;

import org.espalier.datasets.rows.Rows;

/**
 * The rows of one batch: where their values lie, and by what they are addressed, so that what is
 * drawn for a row (a crop, noise) can be a function of (seed, epoch, row). Immutable.
 */
public final class BatchRows {
  private final long epoch;
  private final long[] numbers;
  private final Rows[] groups;
  private final int[] indices;

  /** Takes ownership of the arrays, which are equally long. */
  BatchRows(long epoch, long[] numbers, Rows[] groups, int[] indices) {
    this.epoch = epoch;
    this.numbers = numbers;
    this.groups = groups;
    this.indices = indices;
  }

  /** How many rows. */
  public int count() {
    return numbers.length;
  }

  /** The epoch that they are read in, counted from 0. */
  public long epoch() {
    return epoch;
  }

  /** The number of the {@code i}-th row in its split, counted from 0 in stored order. */
  public long number(int i) {
    return numbers[i];
  }

  /** The rows among which the {@code i}-th lies. */
  public Rows rows(int i) {
    return groups[i];
  }

  /** The place of the {@code i}-th row in {@link #rows}. */
  public int index(int i) {
    return indices[i];
  }
}
