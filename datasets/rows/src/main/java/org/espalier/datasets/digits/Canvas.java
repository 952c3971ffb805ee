package org.espalier.datasets.digits;

/** A square of ink, 0 (paper) to 1 (full ink) per pixel, drawn on with a round anti-aliased pen. */
final class Canvas {
  private final int size;
  private final double[] ink;

  Canvas(int size) {
    this.size = size;
    ink = new double[size * size];
  }

  double ink(int pixel) {
    return ink[pixel];
  }

  /**
   * Draws a line between two points; pixel (column, row) covers [column, column+1) x [row, row+1).
   */
  void line(double x0, double y0, double x1, double y1, double radius) {
    double reach = radius + 0.5;
    int left = clamp(Math.min(x0, x1) - reach);
    int right = clamp(Math.max(x0, x1) + reach);
    int top = clamp(Math.min(y0, y1) - reach);
    int bottom = clamp(Math.max(y0, y1) + reach);
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squaredLength = dx * dx + dy * dy;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double along = squaredLength == 0 ? 0 : (px * dx + py * dy) / squaredLength;
        double nearest = Math.max(0, Math.min(1, along));
        double ex = px - nearest * dx;
        double ey = py - nearest * dy;
        double cover = reach - Math.sqrt(ex * ex + ey * ey);
        int pixel = row * size + column;
        ink[pixel] = Math.max(ink[pixel], Math.min(1, cover));
      }
    }
  }

  private int clamp(double coordinate) {
    return (int) Math.max(0, Math.min(size - 1, Math.floor(coordinate)));
  }
}
