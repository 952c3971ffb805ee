package org.espalier.imagenet;

import java.util.List;
import java.util.Map;
import org.espalier.datasets.rows.Attributes;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.Compression;
import org.espalier.datasets.rows.Row;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.RowSchema;
import org.espalier.datasets.rows.Rows;

/** The rows of {@value #FILE}: files that no decoder reads, and why. */
record RejectedFiles() implements RowKind {
  /** The file beside the dataset's manifest. */
  static final String FILE = "rejected.parquet";

  static Row row(String file, String reason) {
    return Row.of(file, reason);
  }

  @Override
  public RowSchema schema() {
    return new RowSchema(
        "rejected",
        List.of(
            new Column("file", ColumnType.TEXT, Compression.ZSTD),
            new Column("reason", ColumnType.TEXT, Compression.ZSTD)),
        Attributes.of(Map.of()));
  }

  @Override
  public void check(Rows rows) {
    // any text will do
  }
}
