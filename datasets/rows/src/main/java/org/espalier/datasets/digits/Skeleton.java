package org.espalier.datasets.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * The centre lines of a digit's strokes, described like an SVG path: {@code M x y} lifts the pen,
 * {@code L x y} draws a straight line and {@code C x y x y x y} a cubic Bezier curve. Coordinates
 * are per cent of the digit's box, y downwards.
 */
final class Skeleton {
  private static final int PIECES_PER_CURVE = 10;

  private final List<Character> commands = new ArrayList<>();
  private final double[] points;

  private Skeleton(String path) {
    List<Double> numbers = new ArrayList<>();
    for (String word : path.split(" ", -1)) {
      switch (word) {
        case "M", "L", "C" -> commands.add(word.charAt(0));
        default -> numbers.add(Double.parseDouble(word));
      }
    }
    points = numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static Skeleton of(String path) {
    return new Skeleton(path);
  }

  /** How many points steer the strokes. */
  int points() {
    return points.length / 2;
  }

  /** Moves a steering point before it is drawn. */
  @FunctionalInterface
  interface Wobble {
    /**
     * The offset of a coordinate, in per cent; {@code 2 i} is point i's x, {@code 2 i + 1} its y.
     */
    double offset(int coordinate);
  }

  /** Draws all strokes with a pen of {@code radius} pixels. */
  void draw(Affine toPixels, Wobble wobble, Canvas canvas, double radius) {
    double[] xy = new double[points.length];
    for (int i = 0; i < xy.length; i += 2) {
      double x = points[i] + wobble.offset(i);
      double y = points[i + 1] + wobble.offset(i + 1);
      xy[i] = toPixels.x(x, y);
      xy[i + 1] = toPixels.y(x, y);
    }
    int pen = 0;
    int next = 0;
    for (char command : commands) {
      switch (command) {
        case 'L' -> canvas.line(xy[pen], xy[pen + 1], xy[next], xy[next + 1], radius);
        case 'C' -> {
          curve(xy, pen, next, canvas, radius);
          next += 4;
        }
        default -> {
          // 'M' lifts the pen and only moves on.
        }
      }
      pen = next;
      next += 2;
    }
  }

  private static void curve(double[] xy, int from, int next, Canvas canvas, double radius) {
    double x = xy[from];
    double y = xy[from + 1];
    for (int i = 1; i <= PIECES_PER_CURVE; i++) {
      double t = (double) i / PIECES_PER_CURVE;
      double toX = bezier(xy[from], xy[next], xy[next + 2], xy[next + 4], t);
      double toY = bezier(xy[from + 1], xy[next + 1], xy[next + 3], xy[next + 5], t);
      canvas.line(x, y, toX, toY, radius);
      x = toX;
      y = toY;
    }
  }

  private static double bezier(double p0, double p1, double p2, double p3, double t) {
    double s = 1 - t;
    return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
  }
}
