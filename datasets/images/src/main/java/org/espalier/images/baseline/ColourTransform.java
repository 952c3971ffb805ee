package org.espalier.images.baseline;

/** Luminance and chrominance to red, green and blue (ITU-T T.871, section 7). */
public final class ColourTransform {
  private static final float MIDDLE = 128;
  private static final float WHITE = 255;
  private static final float RED = 1.402f;
  private static final float BLUE = 1.772f;
  private static final float GREEN_OF_BLUE = 0.344136f;
  private static final float GREEN_OF_RED = 0.714136f;

  private ColourTransform() {}

  /**
   * Writes the colours of an image whose planes all have a sample per pixel.
   *
   * @param rgb begins with {@code [3, height, width]} afterwards, each from 0 to 255
   */
  public static void rgb(Planes image, float[] rgb) {
    int width = image.width();
    int plane = width * image.height();
    for (int y = 0; y < image.height(); y++) {
      float[] luminance = image.plane(0).row(y);
      float[] blue = image.plane(1).row(y);
      float[] red = image.plane(2).row(y);
      int at = y * width;
      for (int x = 0; x < width; x++) {
        float light = luminance[x] + MIDDLE;
        rgb[at + x] = clamped(light + RED * red[x]);
        rgb[plane + at + x] = clamped(light - GREEN_OF_BLUE * blue[x] - GREEN_OF_RED * red[x]);
        rgb[2 * plane + at + x] = clamped(light + BLUE * blue[x]);
      }
    }
  }

  private static float clamped(float value) {
    return Math.min(WHITE, Math.max(0, value));
  }
}
