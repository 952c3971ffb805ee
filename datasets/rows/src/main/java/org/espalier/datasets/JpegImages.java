package org.espalier.datasets;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.rows.Attributes;
import org.espalier.datasets.rows.BytesColumn;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.Compression;
import org.espalier.datasets.rows.IntColumn;
import org.espalier.datasets.rows.Row;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.RowSchema;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.rows.TextColumn;

/**
 * Labelled images of any size, stored as the bytes of their files: the kind of data called {@value
 * #KIND}. The bytes are a JPEG, or what an image decoder takes in its place: one of ImageNet's is a
 * PNG.
 *
 * @param synsets the names of the classes, in the order of their labels
 */
public record JpegImages(List<String> synsets) implements RowKind {
  /** The name of the kind. */
  public static final String KIND = "jpeg";

  /** The column of files: any bytes, which Parquet does not compress again. */
  private static final String JPEG = "jpeg";

  /** The column of labels: 0 ... classes-1. */
  private static final String LABEL = "label";

  /** The column of class names, {@link #synsets} at the label. */
  private static final String SYNSET = "synset";

  /** The column of file names, without a folder. */
  private static final String FILE = "file";

  /** The columns of the size in pixels, before any orientation that the file asks for. */
  private static final String WIDTH = "width";

  private static final String HEIGHT = "height";

  /** What separates the names of classes in the manifest's attribute. */
  private static final String SEPARATOR = "\n";

  /**
   * @throws IllegalArgumentException if there is no class, or a name is empty, of several lines or
   *     used twice
   */
  public JpegImages {
    synsets = List.copyOf(synsets);
    if (synsets.isEmpty()) {
      throw new IllegalArgumentException("Cannot have 0 classes: there must be at least 1");
    }
    HashSet<String> names = new HashSet<>();
    for (String name : synsets) {
      if (name.isBlank() || name.contains(SEPARATOR) || !names.add(name)) {
        throw new IllegalArgumentException(
            "Cannot have a class called '"
                + name
                + "': every class has a name of its own, of one line");
      }
    }
  }

  /** Images in so many classes, at least 1, that are named by their numbers. */
  public static JpegImages numbered(int classes) {
    return new JpegImages(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  /** Whether a dataset holds such images. */
  public static boolean areIn(Dataset dataset) {
    return dataset.manifest().schema().kind().equals(KIND);
  }

  /**
   * The images that a schema describes.
   *
   * @throws IllegalArgumentException if it describes something else, or no possible images
   */
  public static JpegImages of(RowSchema schema) {
    schema.requireKind(KIND);
    Attributes attributes = schema.attributes();
    JpegImages images = new JpegImages(List.of(attributes.text("synsets").split(SEPARATOR, -1)));
    if (images.classes() != attributes.number("classes")) {
      throw new IllegalArgumentException(
          "it has "
              + attributes.number("classes")
              + " classes and the names of "
              + images.classes());
    }
    schema.requireColumns(images.schema().columns());
    return images;
  }

  /**
   * The images of a dataset.
   *
   * @throws Refusal if it holds something else
   */
  public static JpegImages of(Dataset dataset) {
    try {
      return of(dataset.manifest().schema());
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Cannot use the images of "
              + dataset.root()
              + ": "
              + Reason.of(e)
              + "; name a dataset of the kind '"
              + KIND
              + "'.",
          e);
    }
  }

  /** How many classes there are; labels are 0 ... classes-1. */
  public int classes() {
    return synsets.size();
  }

  /**
   * One image.
   *
   * @param jpeg the bytes of its file
   * @param label 0 ... classes-1
   * @param file its name, without a folder
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   */
  public Row row(byte[] jpeg, int label, String file, int width, int height) {
    return Row.of(jpeg, label, synsets.get(label), file, width, height);
  }

  /** The files of rows that were checked. */
  public static BytesColumn jpegs(Rows rows) {
    return rows.byteStrings(JPEG);
  }

  /** The labels of rows that were checked. */
  public static IntColumn labels(Rows rows) {
    return rows.integers(LABEL);
  }

  /** The file names of rows that were checked. */
  public static TextColumn files(Rows rows) {
    return rows.texts(FILE);
  }

  /** The widths of rows that were checked. */
  public static IntColumn widths(Rows rows) {
    return rows.integers(WIDTH);
  }

  /** The heights of rows that were checked. */
  public static IntColumn heights(Rows rows) {
    return rows.integers(HEIGHT);
  }

  /** For example {@code JPEG images in 1000 classes}. */
  @Override
  public String toString() {
    return "JPEG images in %d classes".formatted(classes());
  }

  @Override
  public RowSchema schema() {
    return new RowSchema(
        KIND,
        List.of(
            new Column(JPEG, ColumnType.BYTES, Compression.NONE),
            new Column(LABEL, ColumnType.INT, Compression.ZSTD),
            new Column(SYNSET, ColumnType.TEXT, Compression.ZSTD),
            new Column(FILE, ColumnType.TEXT, Compression.ZSTD),
            new Column(WIDTH, ColumnType.INT, Compression.ZSTD),
            new Column(HEIGHT, ColumnType.INT, Compression.ZSTD)),
        Attributes.of(Map.of("classes", classes(), "synsets", String.join(SEPARATOR, synsets))));
  }

  @Override
  public void check(Rows rows) {
    BytesColumn jpegs = jpegs(rows);
    IntColumn labels = labels(rows);
    TextColumn names = rows.texts(SYNSET);
    for (int row = 0; row < rows.count(); row++) {
      int label = labels.at(row);
      if (label < 0 || label >= classes()) {
        throw new IllegalArgumentException(
            "it has the label " + label + " instead of 0 to " + (classes() - 1));
      }
      if (!names.at(row).equals(synsets.get(label))) {
        throw new IllegalArgumentException(
            "it has the synset '"
                + names.at(row)
                + "' with the label "
                + label
                + ", which is '"
                + synsets.get(label)
                + "'");
      }
      if (jpegs.length(row) == 0) {
        throw new IllegalArgumentException("it has an image of 0 bytes");
      }
      if (widths(rows).at(row) < 1 || heights(rows).at(row) < 1) {
        throw new IllegalArgumentException(
            "it has an image of " + widths(rows).at(row) + "x" + heights(rows).at(row) + " pixels");
      }
    }
  }
}
