package org.espalier.datasets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/**
 * Labelled images of one shape, stored as their pixels: the kind of data called {@value #KIND}.
 *
 * @param shape of every image
 * @param classes how many there are; labels are 0 ... classes-1
 * @param names of the classes, in the order of their labels; empty where they have none
 */
public record PixelImages(ImageShape shape, int classes, List<String> names)
    implements LabelledImages {
  /** The name of the kind. */
  public static final String KIND = "pixels";

  /** The column of pixels: {@code [channels, height, width]} unsigned bytes. */
  private static final String PIXELS = "pixels";

  /** The column of labels: 0 ... classes-1. */
  private static final String LABEL = "label";

  /** The attribute with the names of the classes, one a line. */
  private static final String NAMES = "classNames";

  private static final String LINE = "\n";

  /**
   * @throws IllegalArgumentException if there is no class, or names do not fit
   */
  public PixelImages {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "Cannot have " + classes + " classes: there must be at least 1");
    }
    names = List.copyOf(names);
    if (!names.isEmpty() && names.size() != classes) {
      throw new IllegalArgumentException(
          "Cannot give " + names.size() + " names to " + classes + " classes: each must have one");
    }
    if (names.stream().anyMatch(name -> name.isBlank() || name.contains(LINE))) {
      throw new IllegalArgumentException(
          "Cannot name classes " + names + ": a name must be one line that is not blank");
    }
  }

  /** Images of classes without names. */
  public PixelImages(ImageShape shape, int classes) {
    this(shape, classes, List.of());
  }

  /** The same images, whose classes have these names. */
  public PixelImages named(List<String> classNames) {
    return new PixelImages(shape, classes, classNames);
  }

  /**
   * The images that a schema describes.
   *
   * @throws IllegalArgumentException if it describes something else, or no possible images
   */
  public static PixelImages of(RowSchema schema) {
    schema.requireKind(KIND);
    Attributes attributes = schema.attributes();
    ImageShape shape =
        new ImageShape(
            attributes.number("channels"), attributes.number("height"), attributes.number("width"));
    PixelImages images =
        new PixelImages(
            shape,
            attributes.number("classes"),
            attributes.has(NAMES) ? List.of(attributes.text(NAMES).split(LINE, -1)) : List.of());
    schema.requireColumns(images.schema().columns());
    return images;
  }

  /**
   * The images of a dataset.
   *
   * @throws Refusal if it holds something else
   */
  public static PixelImages of(Dataset dataset) {
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

  /**
   * One image.
   *
   * @param pixels {@code [channels, height, width]}, unsigned
   * @param label 0 ... classes-1
   */
  public static Row row(byte[] pixels, int label) {
    return Row.of(pixels, label);
  }

  /** The pixels of rows that were checked: every one has {@link ImageShape#bytes} bytes. */
  public static BytesColumn pixels(Rows rows) {
    return rows.byteStrings(PIXELS);
  }

  /** The labels of rows that were checked. */
  public static IntColumn labels(Rows rows) {
    return rows.integers(LABEL);
  }

  /** For example {@code images of 1x28x28 in 10 classes}, then the first and the last name. */
  @Override
  public String toString() {
    String unnamed = "images of %s in %d classes".formatted(shape, classes);
    return names.isEmpty()
        ? unnamed
        : "%s (%s to %s)".formatted(unnamed, names.get(0), names.get(classes - 1));
  }

  /** Names count where both have some. */
  @Override
  public boolean accepts(RowKind other) {
    return other instanceof PixelImages images
        && shape.equals(images.shape)
        && classes == images.classes
        && (names.isEmpty() || images.names.isEmpty() || names.equals(images.names));
  }

  @Override
  public RowSchema schema() {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("channels", shape.channels());
    attributes.put("height", shape.height());
    attributes.put("width", shape.width());
    attributes.put("classes", classes);
    if (!names.isEmpty()) {
      attributes.put(NAMES, String.join(LINE, names));
    }
    return new RowSchema(
        KIND,
        List.of(
            new Column(PIXELS, ColumnType.BYTES, Compression.ZSTD),
            new Column(LABEL, ColumnType.INT, Compression.ZSTD)),
        Attributes.of(attributes));
  }

  @Override
  public void check(Rows rows) {
    BytesColumn pixels = pixels(rows);
    IntColumn labels = labels(rows);
    for (int row = 0; row < rows.count(); row++) {
      if (pixels.length(row) != shape.bytes()) {
        throw new IllegalArgumentException(
            "it has an image of " + pixels.length(row) + " bytes instead of " + shape.bytes());
      }
      int label = labels.at(row);
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "it has the label " + label + " instead of 0 to " + (classes - 1));
      }
    }
  }
}
