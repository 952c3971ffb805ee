package org.espalier.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.espalier.datasets.rows.Attributes;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.Compression;
import org.espalier.datasets.rows.RowSchema;

/** The members of {@code manifest.json}, in their order. */
sealed interface ManifestFile {
  /** The manifest that they describe. */
  DatasetManifest manifest();

  /** The members of a manifest in its own version. */
  static ManifestFile of(DatasetManifest manifest) {
    return manifest.schemaVersion() == DatasetManifest.PIXELS_ALONE
        ? Version1.of(manifest)
        : Version2.of(manifest);
  }

  /** Pixels alone. */
  record Version1(
      int schemaVersion,
      String name,
      ImageShape image,
      int classes,
      SortedMap<String, Split> splits)
      implements ManifestFile {

    static Version1 of(DatasetManifest manifest) {
      PixelImages images = PixelImages.of(manifest.schema());
      return new Version1(
          manifest.schemaVersion(),
          manifest.name(),
          images.shape(),
          images.classes(),
          manifest.splits());
    }

    @Override
    public DatasetManifest manifest() {
      RowSchema schema = new PixelImages(image, classes).schema();
      return new DatasetManifest(schemaVersion, name, schema, splits);
    }
  }

  /** Any kind of data. */
  record Version2(
      int schemaVersion,
      String name,
      String kind,
      SortedMap<String, Object> attributes,
      List<ColumnFile> columns,
      SortedMap<String, Split> splits)
      implements ManifestFile {

    static Version2 of(DatasetManifest manifest) {
      RowSchema schema = manifest.schema();
      return new Version2(
          manifest.schemaVersion(),
          manifest.name(),
          schema.kind(),
          schema.attributes().values(),
          schema.columns().stream().map(ColumnFile::of).toList(),
          manifest.splits());
    }

    @Override
    public DatasetManifest manifest() {
      List<Column> typed = columns.stream().map(ColumnFile::column).toList();
      RowSchema schema = new RowSchema(kind, typed, new Attributes(attributes));
      return new DatasetManifest(schemaVersion, name, schema, splits);
    }
  }

  /** The members of a column. */
  record ColumnFile(String name, String type, String compression) {
    static ColumnFile of(Column column) {
      return new ColumnFile(column.name(), column.type().label(), column.compression().label());
    }

    Column column() {
      return new Column(
          name,
          named(type, "type", ColumnType.values(), ColumnType::label),
          named(compression, "compression", Compression.values(), Compression::label));
    }

    private <T> T named(String wanted, String what, T[] known, Function<T, String> label) {
      return Arrays.stream(known)
          .filter(value -> label.apply(value).equals(wanted))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Cannot have the column '"
                          + name
                          + "' with the "
                          + what
                          + " '"
                          + wanted
                          + "': it must be one of "
                          + Arrays.stream(known).map(label).toList()));
    }
  }
}
