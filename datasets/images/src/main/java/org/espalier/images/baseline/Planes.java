package org.espalier.images.baseline;

/**
 * An image as a plane of luminance and two of chrominance, which may have fewer samples. Used by
 * one thread.
 */
public final class Planes {
  private final Plane[] planes = {new Plane(), new Plane(), new Plane()};
  private int width;
  private int height;

  void shape(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Rows of pixels. */
  public int height() {
    return height;
  }

  /** Luminance (0), or chrominance towards blue (1) or red (2). */
  public Plane plane(int component) {
    return planes[component];
  }
}
