package org.espalier.datasets;

import java.io.Serializable;

/** The rows {@code from} (inclusive) to {@code to} (exclusive) of a split. */
public record RowRange(long from, long to) implements Serializable {

  /**
   * @throws IllegalArgumentException unless {@code 0 <= from <= to}
   */
  public RowRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "Cannot have the rows " + from + " to " + to + ": they must not be negative or reversed");
    }
  }

  /**
   * Part {@code part} of {@code rows} rows dealt to {@code parts}: [part * rows / parts, (part + 1)
   * * rows / parts), so that parts differ by at most one row and together cover all.
   *
   * @throws IllegalArgumentException unless {@code 0 <= part < parts}
   */
  public static RowRange share(long rows, int part, int parts) {
    if (part < 0 || part >= parts) {
      throw new IllegalArgumentException(
          "Cannot take part " + part + " of " + parts + ": parts are numbered from 0");
    }
    return new RowRange(
        Math.multiplyExact(rows, (long) part) / parts, Math.multiplyExact(rows, part + 1L) / parts);
  }

  /** How many rows. */
  public long rows() {
    return to - from;
  }
}
