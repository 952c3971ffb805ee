package org.espalier.datasets.batch;

import java.io.IOException;
import org.espalier.datasets.RowGroupIndex;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.shards.ImageRows;
import org.espalier.datasets.shards.SplitRows;

/**
 * Reads a range of a split in its stored order, for evaluation; {@link RowRange#share} gives the
 * range of one of several tasks. Not safe for use by several threads.
 */
public final class SequentialReader {
  private final SplitRows split;
  private final long end;
  private long next;
  private int number = -1;
  private ImageRows group;

  /**
   * Reads the rows of {@code range}.
   *
   * @throws IllegalArgumentException if the split has fewer rows
   */
  public SequentialReader(SplitRows split, RowRange range) {
    if (range.to() > split.index().rows()) {
      throw new IllegalArgumentException(
          "Cannot read up to row " + range.to() + ": the split has " + split.index().rows());
    }
    this.split = split;
    this.next = range.from();
    this.end = range.to();
  }

  /**
   * Reads the next rows, as many as {@code labels} has room for.
   *
   * @param pixels receives {@code [rows, channels, height, width]}, unsigned
   * @param labels receives {@code [rows]}
   * @return the rows read; fewer than there is room for at the end, 0 after it
   * @throws IOException if a shard cannot be read
   */
  public int read(byte[] pixels, int[] labels) throws IOException {
    int imageBytes = split.image().bytes();
    Buffers.check(pixels, labels, labels.length, imageBytes);
    RowGroupIndex index = split.index();
    int rows = (int) Math.min(labels.length, end - next);
    for (int i = 0; i < rows; i++, next++) {
      enter(index.groupOf(next));
      int row = (int) (next - index.firstRow(number));
      group.copyPixels(row, pixels, i * imageBytes);
      labels[i] = group.label(row);
    }
    return rows;
  }

  private void enter(int wanted) throws IOException {
    if (wanted != number) {
      group = split.group(wanted);
      number = wanted;
    }
  }
}
