package org.espalier.jobs.bench.scaling;

import java.util.List;
import java.util.Locale;

/** A drawing in SVG, element by element; lengths are pixels. Used by one thread. */
final class Svg {
  private final StringBuilder elements = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * The stroke of a line.
   *
   * @param dashes lengths of dashes and gaps, or none
   */
  record Stroke(String colour, String dashes, double width) {}

  /** Where a text stands, by its first, middle or last character. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void line(double fromX, double fromY, double toX, double toY, Stroke stroke) {
    path(List.of(point(fromX, fromY), point(toX, toY)), stroke);
  }

  /** A line through {@link #point}s. */
  void path(List<String> points, Stroke stroke) {
    elements.append(
        String.format(
            Locale.ROOT,
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" stroke-dasharray=\"%s\"/>\n",
            String.join(" ", points),
            stroke.colour,
            stroke.width,
            stroke.dashes));
  }

  static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }

  void dot(double x, double y, String colour) {
    elements.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\" fill=\"%s\"/>\n",
            x,
            y,
            colour));
  }

  /**
   * A text.
   *
   * @param weight normal or bold
   */
  void text(double x, double y, Anchor anchor, String weight, String words) {
    elements.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>\n",
            x,
            y,
            anchor.name().toLowerCase(Locale.ROOT),
            weight,
            words));
  }

  /** The whole drawing. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222222\">\n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n%s</svg>\n",
        width,
        height,
        width,
        height,
        width,
        height,
        elements);
  }
}
