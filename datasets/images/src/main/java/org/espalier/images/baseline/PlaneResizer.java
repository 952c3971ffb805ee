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
    into.shape(width, height);
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
      resize(plane, stepX * fewer * samplesX, stepY * fewer * samplesY, target);
      pad(target, padded(width) / fewer, padded(height) / fewer);
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

  private void resize(Plane from, double stepX, double stepY, Plane into) {
    Plane plane = from;
    double x = stepX;
    double y = stepY;
    while (x >= 2 || y >= 2) {
      halve(plane, x >= 2 ? 2 : 1, y >= 2 ? 2 : 1, halved);
      x = x >= 2 ? x / 2 : x;
      y = y >= 2 ? y / 2 : y;
      plane = halved;
      halved = spare;
      spare = plane;
    }
    prepareColumns(x, plane.width(), into.width());
    for (int i = 0; i < into.height(); i++) {
      mixRows(plane, y, i);
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

  private void prepareColumns(double step, int from, int to) {
    if (row.length < from + 2 * MARGIN) {
      row = new float[from + 2 * MARGIN];
      mixed = new float[from];
    }
    if (left.length < to) {
      left = new int[to];
      weights = new float[4 * to];
    }
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * step - 0.5;
      int floor = (int) Math.floor(centre);
      left[i] = Math.max(0, Math.min(from + 2 * MARGIN - 4, floor - 1 + MARGIN));
      float[] four = cubic((float) (centre - floor));
      System.arraycopy(four, 0, weights, 4 * i, 4);
    }
  }

  /** Mixes four rows to the row between them that row {@code i} of the result is made of. */
  private void mixRows(Plane from, double step, int i) {
    double centre = (i + 0.5) * step - 0.5;
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
