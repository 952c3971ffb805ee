package org.espalier.imagenet;

import java.io.Serializable;
import org.espalier.base.Refusal;
import org.espalier.images.Decoding;
import org.espalier.images.Orientation;

/** The form in which images are stored. Its {@code toString} tells all of it. */
public sealed interface StoredForm extends Serializable {

  /** The quality of images that are encoded again, unless told otherwise. */
  int QUALITY_DEFAULT = 90;

  /** The bytes of the files as they are. */
  record Original() implements StoredForm {}

  /**
   * JPEGs that are encoded again.
   *
   * @param shortSide of every image in pixels
   * @param quality 1 to 100
   * @param decoding whether images are decoded whole
   * @param orientation whether EXIF orientations are applied
   */
  record Resized(int shortSide, int quality, Decoding decoding, Orientation orientation)
      implements StoredForm {
    private static final int LONGEST_SHORT_SIDE = 8192;

    /**
     * @throws Refusal if a value is out of range
     */
    public Resized {
      if (shortSide < 1 || shortSide > LONGEST_SHORT_SIDE) {
        throw new Refusal(
            "Cannot resize images to a short side of %d pixels: it must be 1 to %d; 256 is usual."
                .formatted(shortSide, LONGEST_SHORT_SIDE));
      }
      if (quality < 1 || quality > 100) {
        throw new Refusal(
            "Cannot encode images with quality %d: it must be 1 to 100; 90 is usual."
                .formatted(quality));
      }
    }
  }
}
