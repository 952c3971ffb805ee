package org.espalier.tasks;

import java.io.Serializable;

/**
 * {@link RowSums} of a whole split.
 *
 * @param rows number of rows of the split
 * @param sums over them
 */
@SuppressWarnings("ArrayRecordComponent") // Made once, read where it was made.
public record SplitSums(long rows, long[] sums) implements Serializable {
  private static final long serialVersionUID = 1L;
}
