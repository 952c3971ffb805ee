package org.espalier.images.baseline;

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
  private float[] row = {};
  private int[] left = {};
  private float[][] weights = new float[4][0];

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
          (height + UNIT - 1) / UNIT * UNIT / fewer,
          (width + UNIT - 1) / UNIT * UNIT / fewer);
      target.narrow(target.width(), (height + fewer - 1) / fewer);
      resize(plane, stepX * fewer * samplesX, stepY * fewer * samplesY, target);
    }
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
      mixColumns(into, i);
    }
    padRows(into);
  }

  private static void halve(Plane from, int byX, int byY, Plane into) {
    int width = (from.width() + byX - 1) / byX;
    int height = (from.height() + byY - 1) / byY;
    into.shape(width, height, width);
    float[] in = from.samples();
    float[] out = into.samples();
    int lastX = from.width() - 1;
    for (int y = 0; y < height; y++) {
      int first = y * byY * from.stride();
      int second = Math.min(from.height() - 1, y * byY + byY - 1) * from.stride();
      for (int x = 0; x < width; x++) {
        int a = x * byX;
        int b = Math.min(lastX, a + byX - 1);
        out[y * width + x] =
            (in[first + a] + in[first + b] + in[second + a] + in[second + b]) * 0.25f;
      }
    }
  }

  private void prepareColumns(double step, int from, int to) {
    if (row.length < from + 2 * MARGIN) {
      row = new float[from + 2 * MARGIN];
    }
    if (left.length < to) {
      left = new int[to];
      weights = new float[4][to];
    }
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * step - 0.5;
      int floor = (int) Math.floor(centre);
      left[i] = Math.max(0, Math.min(from + 2 * MARGIN - 4, floor - 1 + MARGIN));
      float[] four = cubic((float) (centre - floor));
      for (int tap = 0; tap < 4; tap++) {
        weights[tap][i] = four[tap];
      }
    }
  }

  /** Mixes four rows to the row between them that row {@code i} of the result is made of. */
  private void mixRows(Plane from, double step, int i) {
    double centre = (i + 0.5) * step - 0.5;
    int floor = (int) Math.floor(centre);
    float[] four = cubic((float) (centre - floor));
    float[] in = from.samples();
    int width = from.width();
    int last = from.height() - 1;
    int a = clamped(floor - 1, last) * from.stride();
    int b = clamped(floor, last) * from.stride();
    int c = clamped(floor + 1, last) * from.stride();
    int d = clamped(floor + 2, last) * from.stride();
    mix(in, a, b, c, d, four, row, width);
    for (int margin = 0; margin < MARGIN; margin++) {
      row[margin] = row[MARGIN];
      row[MARGIN + width + margin] = row[MARGIN + width - 1];
    }
  }

  private static void mix(
      float[] in, int a, int b, int c, int d, float[] four, float[] row, int width) {
    float w0 = four[0];
    float w1 = four[1];
    float w2 = four[2];
    float w3 = four[3];
    for (int x = 0; x < width; x++) {
      row[MARGIN + x] = in[a + x] * w0 + in[b + x] * w1 + in[c + x] * w2 + in[d + x] * w3;
    }
  }

  private void mixColumns(Plane into, int i) {
    float[] out = into.samples();
    float[] in = row;
    float[] w0 = weights[0];
    float[] w1 = weights[1];
    float[] w2 = weights[2];
    float[] w3 = weights[3];
    int at = i * into.stride();
    int width = into.width();
    for (int x = 0; x < width; x++) {
      int from = left[x];
      out[at + x] =
          in[from] * w0[x] + in[from + 1] * w1[x] + in[from + 2] * w2[x] + in[from + 3] * w3[x];
    }
    for (int x = width; x < into.stride(); x++) {
      out[at + x] = out[at + width - 1];
    }
  }

  private static void padRows(Plane plane) {
    int stride = plane.stride();
    int last = (plane.height() - 1) * stride;
    int unit = stride * UNIT;
    for (int at = last + stride; at < plane.samples().length && at < last + unit; at += stride) {
      if (at + stride <= plane.samples().length) {
        System.arraycopy(plane.samples(), last, plane.samples(), at, stride);
      }
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
