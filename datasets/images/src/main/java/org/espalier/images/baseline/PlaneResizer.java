package org.espalier.images.baseline;

import java.util.Arrays;

/**
 * Resizes planes bicubically, by the kernel of Keys (1981) with a = -0.75. A plane that is to
 * shrink to less than half in a direction is first halved by means of two samples until it is not,
 * so that no sample is skipped. Used by one thread.
 */
public final class PlaneResizer {
  private static final int UNIT = 16;
  private static final int MARGIN = 3;
  private static final float A = -0.75f;

  /**
   * The places of a row's or column's results in samples.
   *
   * @param origin where the first result begins, from the beginning of the first sample
   * @param step from one result to the next
   */
  private record Axis(double origin, double step) {
    boolean skips() {
      return step >= 2;
    }

    Axis halved() {
      return new Axis(origin / 2, step / 2);
    }

    double centre(int result) {
      return origin + (result + 0.5) * step - 0.5;
    }
  }

  private final Plane part = new Plane();
  private Plane halved = new Plane();
  private Plane spare = new Plane();
  private float[] mixed = {};
  private float[] row = {};
  private int[] left = {};
  private float[] weights = {};

  /**
   * Resizes an image to one that {@link BaselineEncoder} takes.
   *
   * @param from whose chrominance has any number of samples
   * @param pixelsPerSample of {@code from}'s luminance in a row and in a column: more than one if
   *     it was decoded reduced
   */
  public void resize(Planes from, int pixelsPerSample, int width, int height, Planes into) {
    into.shape(Region.all(width, height));
    double stepX = (double) from.width() / width;
    double stepY = (double) from.height() / height;
    for (int component = 0; component < 3; component++) {
      Plane plane = from.plane(component);
      int fewer = component == 0 ? 1 : 2;
      double samplesX = samplesPerPixel(plane.width(), from.width(), pixelsPerSample);
      double samplesY = samplesPerPixel(plane.height(), from.height(), pixelsPerSample);
      Plane target = into.plane(component);
      target.shape(
          (width + fewer - 1) / fewer,
          (height + fewer - 1) / fewer,
          padded(height) / fewer,
          padded(width) / fewer);
      resize(
          plane,
          new Axis(0, stepX * fewer * samplesX),
          new Axis(0, stepY * fewer * samplesY),
          target);
      pad(target, padded(width) / fewer, padded(height) / fewer);
    }
  }

  /**
   * Resizes a region of an image by itself: samples around it have no part in it.
   *
   * @param from whose chrominance has any number of samples
   * @param pixelsPerSample of {@code from}'s luminance in a row and in a column
   * @param region inside the pixels that {@code from} has
   * @param into three planes of {@code width} x {@code height} samples afterwards
   */
  public void crop(
      Planes from, int pixelsPerSample, Region region, int width, int height, Planes into) {
    into.shape(Region.all(width, height));
    for (int component = 0; component < 3; component++) {
      Plane plane = from.plane(component);
      double perX = samplesPerPixel(plane.width(), from.width(), pixelsPerSample);
      double perY = samplesPerPixel(plane.height(), from.height(), pixelsPerSample);
      double beginX = (region.x() - from.pixels().x()) * perX;
      double beginY = (region.y() - from.pixels().y()) * perY;
      int x = (int) beginX;
      int y = (int) beginY;
      part.copy(
          plane,
          x,
          y,
          Math.min(plane.width(), (int) Math.ceil(beginX + region.width() * perX)) - x,
          Math.min(plane.height(), (int) Math.ceil(beginY + region.height() * perY)) - y);
      Plane target = into.plane(component);
      target.shape(width, height, height, width);
      resize(
          part,
          new Axis(beginX - x, region.width() * perX / width),
          new Axis(beginY - y, region.height() * perY / height),
          target);
    }
  }

  private static int padded(int pixels) {
    return (pixels + UNIT - 1) / UNIT * UNIT;
  }

  /** Samples per pixel of a plane that has as many as pixels, or half as many, reduced. */
  private static double samplesPerPixel(int samples, int pixels, int pixelsPerSample) {
    int full = (pixels + pixelsPerSample - 1) / pixelsPerSample;
    return (samples == full ? 1.0 : 0.5) / pixelsPerSample;
  }

  private void resize(Plane from, Axis across, Axis down, Plane into) {
    Plane plane = from;
    Axis x = across;
    Axis y = down;
    while (x.skips() || y.skips()) {
      halve(plane, x.skips() ? 2 : 1, y.skips() ? 2 : 1, halved);
      x = x.skips() ? x.halved() : x;
      y = y.skips() ? y.halved() : y;
      plane = halved;
      halved = spare;
      spare = plane;
    }
    prepareColumns(x, plane.width(), into.width());
    for (int i = 0; i < into.height(); i++) {
      mixRows(plane, y.centre(i));
      mix(row, left, weights, into.row(i), into.width());
    }
  }

  private static void halve(Plane from, int byX, int byY, Plane into) {
    int width = (from.width() + byX - 1) / byX;
    int height = (from.height() + byY - 1) / byY;
    into.shape(width, height, height, width);
    int whole = from.width() / byX;
    for (int y = 0; y < height; y++) {
      float[] first = from.row(y * byY);
      float[] second = from.row(Math.min(from.height() - 1, y * byY + byY - 1));
      float[] out = into.row(y);
      halve(first, second, byX, out, whole);
      if (whole < width) {
        int last = from.width() - 1;
        out[whole] = (first[last] + second[last]) * 0.5f;
      }
    }
  }

  /** The means of one or two samples of two rows each; {@code first} holds their sums then. */
  private static void halve(float[] first, float[] second, int by, float[] out, int count) {
    int samples = count * by;
    for (int x = 0; x < samples; x++) {
      first[x] += second[x];
    }
    int next = by - 1;
    for (int x = 0; x < count; x++) {
      out[x] = (first[x * by] + first[x * by + next]) * 0.25f;
    }
  }

  private void prepareColumns(Axis axis, int from, int to) {
    if (row.length < from + 2 * MARGIN) {
      row = new float[from + 2 * MARGIN];
      mixed = new float[from];
    }
    if (left.length < to) {
      left = new int[to];
      weights = new float[4 * to];
    }
    for (int i = 0; i < to; i++) {
      double centre = axis.centre(i);
      int floor = (int) Math.floor(centre);
      left[i] = Math.max(0, Math.min(from + 2 * MARGIN - 4, floor - 1 + MARGIN));
      float[] four = cubic((float) (centre - floor));
      System.arraycopy(four, 0, weights, 4 * i, 4);
    }
  }

  /** Mixes four rows to the row between them at {@code centre}. */
  private void mixRows(Plane from, double centre) {
    int floor = (int) Math.floor(centre);
    float[] four = cubic((float) (centre - floor));
    int width = from.width();
    int last = from.height() - 1;
    mix(
        from.row(clamped(floor - 1, last)),
        from.row(clamped(floor, last)),
        from.row(clamped(floor + 1, last)),
        from.row(clamped(floor + 2, last)),
        four,
        mixed,
        width);
    System.arraycopy(mixed, 0, row, MARGIN, width);
    for (int margin = 0; margin < MARGIN; margin++) {
      row[margin] = row[MARGIN];
      row[MARGIN + width + margin] = row[MARGIN + width - 1];
    }
  }

  private static void mix(
      float[] a, float[] b, float[] c, float[] d, float[] four, float[] out, int width) {
    float w0 = four[0];
    float w1 = four[1];
    float w2 = four[2];
    float w3 = four[3];
    for (int x = 0; x < width; x++) {
      out[x] = a[x] * w0 + b[x] * w1 + c[x] * w2 + d[x] * w3;
    }
  }

  private static void mix(float[] in, int[] left, float[] weights, float[] out, int width) {
    for (int x = 0; x < width; x++) {
      int from = left[x];
      int w = 4 * x;
      out[x] =
          in[from] * weights[w]
              + in[from + 1] * weights[w + 1]
              + in[from + 2] * weights[w + 2]
              + in[from + 3] * weights[w + 3];
    }
  }

  /** Repeats the last column and the last row as far as whole units reach. */
  private static void pad(Plane plane, int width, int rows) {
    for (int y = 0; y < plane.height(); y++) {
      float[] samples = plane.row(y);
      Arrays.fill(samples, plane.width(), width, samples[plane.width() - 1]);
    }
    float[] last = plane.row(plane.height() - 1);
    for (int y = plane.height(); y < rows; y++) {
      System.arraycopy(last, 0, plane.row(y), 0, width);
    }
  }

  private static int clamped(int value, int last) {
    return Math.max(0, Math.min(last, value));
  }

  private static float[] cubic(float t) {
    float far = 1 + t;
    float near = 1 - t;
    float w0 = ((A * far - 5 * A) * far + 8 * A) * far - 4 * A;
    float w1 = ((A + 2) * t - (A + 3)) * t * t + 1;
    float w2 = ((A + 2) * near - (A + 3)) * near * near + 1;
    return new float[] {w0, w1, w2, 1 - w0 - w1 - w2};
  }
}
