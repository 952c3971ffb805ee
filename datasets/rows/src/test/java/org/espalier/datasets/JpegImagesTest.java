package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.datasets.rows.Attributes;
import org.espalier.datasets.rows.Row;
import org.espalier.datasets.rows.RowSchema;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.rows.RowsBuilder;
import org.junit.jupiter.api.Test;

class JpegImagesTest {
  private static final JpegImages IMAGES = new JpegImages(List.of("n01440764", "n02102040"));

  private static Rows rows(Row... rows) {
    RowsBuilder builder = new RowsBuilder(IMAGES.schema());
    for (Row row : rows) {
      builder.add(row);
    }
    return builder.build();
  }

  @Test
  void theSchemaTellsTheKindAndTheClasses() {
    assertThat(IMAGES.schema().columns())
        .extracting(column -> column + " " + column.compression().label())
        .containsExactly(
            "jpeg bytes none",
            "label int zstd",
            "synset text zstd",
            "file text zstd",
            "width int zstd",
            "height int zstd");
    assertThat(JpegImages.of(IMAGES.schema())).isEqualTo(IMAGES);
    assertThat(IMAGES).hasToString("JPEG images in 2 classes");
  }

  @Test
  void aRowGivesBackWhatItWasMadeOf() {
    Rows rows = rows(IMAGES.row(new byte[] {1, 2, 3}, 1, "o'clock é.JPEG", 500, 375));
    IMAGES.check(rows);
    assertThat(JpegImages.jpegs(rows).length(0)).isEqualTo(3);
    assertThat(JpegImages.labels(rows).at(0)).isEqualTo(1);
    assertThat(JpegImages.files(rows).at(0)).isEqualTo("o'clock é.JPEG");
    assertThat(JpegImages.widths(rows).at(0)).isEqualTo(500);
    assertThat(JpegImages.heights(rows).at(0)).isEqualTo(375);
  }

  @Test
  void rowsThatCannotBeAreFound() {
    byte[] bytes = {1};
    assertFound(Row.of(bytes, 2, "n02102040", "a", 1, 1), "it has the label 2 instead of 0 to 1");
    assertFound(
        Row.of(bytes, 0, "n02102040", "a", 1, 1),
        "it has the synset 'n02102040' with the label 0, which is 'n01440764'");
    assertFound(Row.of(new byte[0], 0, "n01440764", "a", 1, 1), "it has an image of 0 bytes");
    assertFound(Row.of(bytes, 0, "n01440764", "a", 1, 0), "it has an image of 1x0 pixels");
  }

  private static void assertFound(Row row, String reason) {
    assertThatThrownBy(() -> IMAGES.check(rows(row))).hasMessage(reason);
  }

  @Test
  void classesHaveNamesOfTheirOwn() {
    assertThatThrownBy(() -> new JpegImages(List.of()))
        .hasMessage("Cannot have 0 classes: there must be at least 1");
    assertThatThrownBy(() -> new JpegImages(List.of("a", "a")))
        .hasMessage(
            "Cannot have a class called 'a': every class has a name of its own, of one line");
  }

  @Test
  void aCountThatIsNotThatOfTheNamesIsFound() {
    RowSchema schema =
        new RowSchema(
            JpegImages.KIND,
            IMAGES.schema().columns(),
            Attributes.of(Map.of("classes", 3, "synsets", "a\nb")));
    assertThatThrownBy(() -> JpegImages.of(schema))
        .hasMessage("it has 3 classes and the names of 2");
  }
}
