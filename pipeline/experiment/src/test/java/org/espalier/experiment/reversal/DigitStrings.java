package org.espalier.experiment.reversal;

import java.util.List;
import java.util.Map;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.rows.Attributes;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.Compression;
import org.espalier.datasets.rows.IntListColumn;
import org.espalier.datasets.rows.Row;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.RowSchema;
import org.espalier.datasets.rows.Rows;

/**
 * Strings of decimal digits.
 *
 * @param longest most digits of a string; the shortest has one
 */
public record DigitStrings(int longest) implements RowKind {
  private static final String KIND = "digit-strings";
  private static final String DIGITS = "digits";
  private static final String LONGEST = "longest";

  /**
   * The strings of a dataset.
   *
   * @throws Refusal if it holds something else
   */
  static DigitStrings of(Dataset dataset) {
    RowSchema schema = dataset.manifest().schema();
    try {
      schema.requireKind(KIND);
      DigitStrings strings = new DigitStrings(schema.attributes().number(LONGEST));
      schema.requireColumns(strings.schema().columns());
      return strings;
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Cannot reverse the rows of %s: %s; name a dataset of the kind '%s'."
              .formatted(dataset.root(), Reason.of(e), KIND),
          e);
    }
  }

  static Row row(int... digits) {
    return Row.of(digits);
  }

  static IntListColumn digits(Rows rows) {
    return rows.integerLists(DIGITS);
  }

  @Override
  public RowSchema schema() {
    return new RowSchema(
        KIND,
        List.of(new Column(DIGITS, ColumnType.INTS, Compression.ZSTD)),
        Attributes.of(Map.of(LONGEST, longest)));
  }

  @Override
  public void check(Rows rows) {
    IntListColumn strings = digits(rows);
    for (int row = 0; row < rows.count(); row++) {
      int length = strings.length(row);
      if (length < 1 || length > longest) {
        throw new IllegalArgumentException(
            "it has a string of %d digits instead of 1 to %d".formatted(length, longest));
      }
    }
  }

  @Override
  public String toString() {
    return "strings of up to %d digits".formatted(longest);
  }
}
