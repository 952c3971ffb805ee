package org.espalier.images;

import org.espalier.images.baseline.Region;

/**
 * A region of decoded pixels, resized in float64: the plain form of what {@link CropDecoder} does.
 */
final class CropReference {
  private static final double A = -0.75;

  private CropReference() {}

  /**
   * The region at its new size.
   *
   * @param rgb {@code [height, width, 3]}
   * @return {@code [3, side, side]}
   */
  static double[] of(byte[] rgb, int width, Region region, int side) {
    double[] crop = new double[3 * side * side];
    for (int channel = 0; channel < 3; channel++) {
      double[][] plane = new double[region.height()][region.width()];
      for (int y = 0; y < region.height(); y++) {
        for (int x = 0; x < region.width(); x++) {
          plane[y][x] = rgb[3 * ((region.y() + y) * width + region.x() + x) + channel] & 0xFF;
        }
      }
      double[][] resized = transposed(rows(transposed(rows(plane, side)), side));
      for (int i = 0; i < side * side; i++) {
        double value = resized[i / side][i % side];
        crop[channel * side * side + i] = Math.max(0, Math.min(255, value));
      }
    }
    return crop;
  }

  private static double[][] rows(double[][] image, int length) {
    double[][] rows = new double[image.length][];
    for (int y = 0; y < rows.length; y++) {
      double[] row = image[y];
      double step = (double) row.length / length;
      while (step >= 2) {
        row = halved(row);
        step /= 2;
      }
      rows[y] = new double[length];
      for (int i = 0; i < length; i++) {
        rows[y][i] = at(row, (i + 0.5) * step - 0.5);
      }
    }
    return rows;
  }

  private static double[] halved(double[] row) {
    double[] halved = new double[(row.length + 1) / 2];
    for (int i = 0; i < halved.length; i++) {
      halved[i] = (row[2 * i] + row[Math.min(2 * i + 1, row.length - 1)]) / 2;
    }
    return halved;
  }

  private static double at(double[] row, double place) {
    int first = (int) Math.floor(place) - 1;
    double sum = 0;
    for (int i = first; i < first + 4; i++) {
      sum += row[Math.max(0, Math.min(row.length - 1, i))] * weight(Math.abs(place - i));
    }
    return sum;
  }

  private static double weight(double distance) {
    double d = distance;
    return d <= 1
        ? ((A + 2) * d - (A + 3)) * d * d + 1
        : d < 2 ? ((A * d - 5 * A) * d + 8 * A) * d - 4 * A : 0;
  }

  private static double[][] transposed(double[][] image) {
    double[][] turned = new double[image[0].length][image.length];
    for (int y = 0; y < image.length; y++) {
      for (int x = 0; x < turned.length; x++) {
        turned[x][y] = image[y][x];
      }
    }
    return turned;
  }
}
