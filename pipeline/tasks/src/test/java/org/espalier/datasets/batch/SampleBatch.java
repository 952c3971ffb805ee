package org.espalier.datasets.batch;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.espalier.datasets.rows.Rows;

/** Batches without a dataset. */
public final class SampleBatch {
  private SampleBatch() {}

  /** All of these rows, in their order, in the first epoch. */
  public static BatchRows of(Rows rows) {
    Rows[] groups = new Rows[rows.count()];
    Arrays.fill(groups, rows);
    return new BatchRows(
        0,
        LongStream.range(0, rows.count()).toArray(),
        groups,
        IntStream.range(0, rows.count()).toArray());
  }
}
