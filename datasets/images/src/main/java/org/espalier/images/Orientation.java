package org.espalier.images;

/** Whether the orientation that a file's EXIF data asks for is applied. */
public enum Orientation {
  /** Pixels as they are stored, as TensorFlow decodes them. */
  AS_STORED,
  /** Pixels turned and mirrored as they are meant to be seen. */
  AS_SEEN
}
