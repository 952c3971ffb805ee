package org.espalier.datasets;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.espalier.datasets.source.RowSink;
import org.espalier.datasets.source.RowSource;

/** Images of {@code 2x3x2} whose bytes tell the split and the row, and that can fail on purpose. */
public final class FewImages implements RowSource {
  private static final long serialVersionUID = 1L;

  /** What they are. */
  public static final PixelImages KIND = new PixelImages(new ImageShape(2, 3, 2), 5);

  private final TreeMap<String, Long> rows;
  private final long failingRow;
  private final int failingAttempts;
  private final PixelImages kind;

  public FewImages(long trainRows, long testRows) {
    this(trainRows, testRows, -1, 0, KIND);
  }

  private FewImages(
      long trainRows, long testRows, long failingRow, int failingAttempts, PixelImages kind) {
    this.kind = kind;
    rows = new TreeMap<>(Map.of(Split.TRAIN, trainRows, Split.TEST, testRows));
    this.failingRow = failingRow;
    this.failingAttempts = failingAttempts;
  }

  /** Fails at a training row in the first {@code attempts} attempts to read it. */
  public FewImages failingAt(long row, int attempts) {
    return new FewImages(rows.get(Split.TRAIN), rows.get(Split.TEST), row, attempts, kind);
  }

  /** Says that its rows are of this kind, which they need not be. */
  public FewImages promising(PixelImages other) {
    return new FewImages(rows.get(Split.TRAIN), rows.get(Split.TEST), -1, 0, other);
  }

  public static byte[] pixels(String split, long row) {
    byte[] pixels = new byte[12];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (row * 31 + i * 7L + split.length() * 100L);
    }
    return pixels;
  }

  public static int label(long row) {
    return (int) (row * row % 5);
  }

  @Override
  public String name() {
    return "few";
  }

  @Override
  public PixelImages kind() {
    return kind;
  }

  @Override
  public SortedMap<String, Long> rows() {
    return rows;
  }

  @Override
  public void read(String split, RowRange range, Configuration hadoop, RowSink sink)
      throws IOException {
    for (long row = range.from(); row < range.to(); row++) {
      if (split.equals(Split.TRAIN)
          && row == failingRow
          && TaskContext.get().attemptNumber() < failingAttempts) {
        throw new IOException("row " + row + " is unreadable");
      }
      sink.accept(PixelImages.row(pixels(split, row), label(row)));
    }
  }
}
