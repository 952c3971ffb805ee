package org.espalier.datasets.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {
  static final RowSchema SCHEMA =
      new RowSchema(
          "everything",
          List.of(
              new Column("image", ColumnType.BYTES, Compression.NONE),
              new Column("label", ColumnType.INT, Compression.ZSTD),
              new Column("tokens", ColumnType.INTS, Compression.ZSTD),
              new Column("name", ColumnType.TEXT, Compression.ZSTD)),
          Attributes.of(Map.of("vocabulary", "abc", "size", 7)));

  @Test
  void valuesOfEveryTypeComeBack() {
    RowsBuilder builder = new RowsBuilder(SCHEMA);
    for (int row = 0; row < 200; row++) {
      builder.add(row(row));
    }
    assertThat(builder.count()).isEqualTo(200);
    Rows rows = builder.build();
    assertThat(builder.count()).isZero();
    for (int row = 0; row < 200; row++) {
      assertRow(rows, row, row);
    }
  }

  @Test
  void aRowThatDoesNotFitIsNotTaken() {
    RowsBuilder builder = new RowsBuilder(SCHEMA);
    assertThatThrownBy(() -> builder.add(Row.of(new byte[1], 3L, new int[0], "x")))
        .hasMessage(
            "it has a row of [byte[], Long, int[], String] for the columns"
                + " [image bytes, label int, tokens ints, name text]");
    assertThatThrownBy(() -> builder.add(Row.of(new byte[1], 3))).hasMessageContaining("it has");
    assertThat(builder.valueBytes()).isZero();
  }

  @Test
  void aListOfHalfANumberIsNotTaken() {
    assertThatThrownBy(() -> new RowsBuilder(SCHEMA).add(2, ByteBuffer.allocate(7)))
        .hasMessage("it has a list of 7 bytes, which is no number of int32");
  }

  @Test
  void columnsOfUnequalLengthAreNoRows() {
    RowsBuilder builder = new RowsBuilder(SCHEMA);
    builder.add(1, 5);
    assertThatThrownBy(builder::build)
        .hasMessage("it has columns of [0, 1, 0, 0] values, which must be equally many");
  }

  @Test
  void memoryIsThatOfValuesAndOffsets() {
    RowsBuilder builder = new RowsBuilder(SCHEMA);
    builder.add(Row.of(new byte[5], 1, new int[3], "né"));
    assertThat(builder.valueBytes()).isEqualTo(5 + 4 + 12 + 3);
    assertThat(builder.build().bytes()).isEqualTo(5 + 4 + 12 + 3 + 3 * 2 * 4);
  }

  @Test
  void attributesAreAskedForByTheirType() {
    Attributes attributes = SCHEMA.attributes();
    assertThat(attributes.number("size")).isEqualTo(7);
    assertThat(attributes.text("vocabulary")).isEqualTo("abc");
    assertThatThrownBy(() -> attributes.number("vocabulary"))
        .hasMessage("Cannot use the attribute 'vocabulary': it is abc and not a whole number");
    assertThatThrownBy(() -> attributes.text("size"))
        .hasMessage("Cannot use the attribute 'size': it is 7 and not a text");
    assertThatThrownBy(() -> attributes.number("none"))
        .hasMessage("Cannot find the attribute 'none': there are [size, vocabulary]");
  }

  static Row row(int row) {
    int[] tokens = new int[row % 5];
    java.util.Arrays.fill(tokens, Integer.MIN_VALUE + row);
    byte[] image = ("image " + row).repeat(row % 3).getBytes(StandardCharsets.UTF_8);
    return Row.of(image, -row, tokens, "näme " + row);
  }

  static void assertRow(Rows rows, int index, int row) {
    List<Object> expected = row(row).values();
    byte[] image = new byte[rows.byteStrings("image").length(index) + 1];
    rows.byteStrings("image").copy(index, image, 1);
    assertThat(ByteBuffer.wrap(image, 1, image.length - 1))
        .isEqualTo(ByteBuffer.wrap((byte[]) expected.get(0)))
        .isEqualTo(rows.byteStrings("image").at(index));
    assertThat(rows.integers("label").at(index)).isEqualTo(expected.get(1));
    assertThat(rows.integerLists("tokens").at(index)).isEqualTo(expected.get(2));
    assertThat(rows.texts("name").at(index)).isEqualTo(expected.get(3));
  }
}
