package org.espalier.tasks.classification;

import java.util.List;
import java.util.Optional;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.JpegImages;
import org.espalier.datasets.LabelledImages;
import org.espalier.datasets.rows.RowSchema;
import org.espalier.datasets.rows.Rows;

/**
 * JPEG images of any size, of which a network sees crops of one size in colour.
 *
 * @param images as they are stored
 * @param side of the crops in pixels, at least 1
 */
public record CroppedImages(JpegImages images, int side) implements LabelledImages {
  private static final long serialVersionUID = 1L;
  private static final int COLOURS = 3;

  @Override
  public ImageShape shape() {
    return new ImageShape(COLOURS, side, side);
  }

  @Override
  public int classes() {
    return images.classes();
  }

  @Override
  public List<String> names() {
    return images.synsets();
  }

  @Override
  public Optional<String> file(Rows rows, int row) {
    return Optional.of(JpegImages.files(rows).at(row));
  }

  @Override
  public RowSchema schema() {
    return images.schema();
  }

  @Override
  public void check(Rows rows) {
    images.check(rows);
  }

  /** For example {@code JPEG images in 1000 classes, seen as 3x224x224}. */
  @Override
  public String toString() {
    return "%s, seen as %s".formatted(images, shape());
  }
}
