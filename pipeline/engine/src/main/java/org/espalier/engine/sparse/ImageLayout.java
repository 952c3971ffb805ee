package org.espalier.engine.sparse;

import static org.espalier.engine.kernel.sparse.SparseLanes.GROUP;

import java.util.Arrays;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * The places of a batch of images in a panel: `[row][channel][column phase][column][image]`, the
 * rows phase by phase, zeros around. The columns of a phase are computed together, so that those
 * behind the image, up to a multiple of {@link org.espalier.engine.kernel.sparse.SparseLanes#GROUP}
 * floats, are overwritten.
 *
 * @param batch number of images
 * @param channels of an image
 * @param phases of the columns
 * @param phaseLength floats of the columns of a phase
 * @param lines rows in the panel, zeros counted
 * @param lead floats of zeros before the image's columns in every phase
 * @param width floats that are computed together
 * @param rows `[height]`: row in the panel of a row of the image, or {@link #NOWHERE}
 * @param columns `[width]`: floats from the beginning of a channel to a column of the image, or
 *     {@link #NOWHERE}
 */
record ImageLayout(
    int batch,
    int channels,
    int phases,
    int phaseLength,
    int lines,
    int lead,
    int width,
    int[] rows,
    int[] columns) {
  /** The place of a row or column that no kernel meets. */
  static final int NOWHERE = -1;

  /** The layout of what is convolved. */
  static ImageLayout images(Axis rows, Axis columns, int batch, int channels) {
    int lead = columns.lead() * batch;
    int width = grouped(columns.most() * batch);
    int phaseLength = Arena.stride(Math.max(columns.phaseLength() * batch, lead + width));
    int[] rowPlaces = new int[rows.length()];
    for (int row = 0; row < rowPlaces.length; row++) {
      int phase = rows.phaseOf(row);
      rowPlaces[row] =
          phase < rows.phases()
              ? phase * rows.phaseLength() + rows.lead() + rows.numberOf(row)
              : NOWHERE;
    }
    int[] columnPlaces = new int[columns.length()];
    for (int column = 0; column < columnPlaces.length; column++) {
      int phase = columns.phaseOf(column);
      columnPlaces[column] =
          phase < columns.phases()
              ? phase * phaseLength + lead + columns.numberOf(column) * batch
              : NOWHERE;
    }
    int lines = rows.phases() * rows.phaseLength();
    return new ImageLayout(
        batch,
        channels,
        columns.phases(),
        phaseLength,
        lines,
        lead,
        width,
        rowPlaces,
        columnPlaces);
  }

  /** The layout of the results. */
  static ImageLayout results(Axis rows, Axis columns, int batch, int channels) {
    int lead = columns.resultLead() * batch;
    int width = grouped(columns.results() * batch);
    int[] rowPlaces = new int[rows.results()];
    Arrays.setAll(rowPlaces, row -> rows.resultLead() + row);
    int[] columnPlaces = new int[columns.results()];
    Arrays.setAll(columnPlaces, column -> lead + column * batch);
    return new ImageLayout(
        batch,
        channels,
        1,
        Arena.stride(Math.max(columns.resultLength() * batch, lead + width)),
        rows.resultLength(),
        lead,
        width,
        rowPlaces,
        columnPlaces);
  }

  private static int grouped(int floats) {
    return (floats + GROUP - 1) / GROUP * GROUP;
  }

  /** Floats of a channel of a row. */
  int channelLength() {
    return phases * phaseLength;
  }

  /** Floats of a row. */
  int rowLength() {
    return Math.multiplyExact(channels, channelLength());
  }

  /** Memory for the images, zeros. */
  Panel memory() {
    return Arena.panel(
        Math.multiplyExact(lines, Math.multiplyExact(channels, phases)), phaseLength);
  }
}
