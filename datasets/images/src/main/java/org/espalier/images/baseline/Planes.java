package org.espalier.images.baseline;

/**
 * An image, or a part of one, as a plane of luminance and two of chrominance, which may have fewer
 * samples. Used by one thread.
 */
public final class Planes {
  private final Plane[] planes = {new Plane(), new Plane(), new Plane()};
  private Region pixels = Region.all(1, 1);

  void shape(Region newPixels) {
    pixels = newPixels;
  }

  /** The pixels of the image that are here. */
  public Region pixels() {
    return pixels;
  }

  /** Pixels in a row. */
  public int width() {
    return pixels.width();
  }

  /** Rows of pixels. */
  public int height() {
    return pixels.height();
  }

  /** Luminance (0), or chrominance towards blue (1) or red (2). */
  public Plane plane(int component) {
    return planes[component];
  }
}
