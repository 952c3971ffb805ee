package org.espalier.engine.kernel.maps;

import java.util.ArrayList;
import java.util.List;

/**
 * The strips of a convolution: those of its results, from which forward pass and kernels' gradient
 * are computed, and those of what is convolved, for its gradient. Several rows make a strip where
 * they follow each other on both sides alike.
 *
 * @param results strips of the results
 * @param images strips of what is convolved; those without elements meet no result
 */
record Strips(List<Strip> results, List<Strip> images) {
  /** Values of a strip in a channel, about; those of all channels stay in a cache. */
  private static final int LENGTH = 1024;

  static Strips of(MapConvolutionShape shape, MapLayout images, MapLayout results) {
    if (shape.isPointwise() && images.hasPlacesOf(results)) {
      List<Strip> all = pointwise(images.channelLength());
      return new Strips(all, all);
    }
    if (results.stride() != 1) {
      throw new IllegalArgumentException(
          "Cannot convolve into rows in phases: only a pointwise convolution gives its results in the order of its input.");
    }
    Builder builder = new Builder(shape, images, results);
    return new Strips(builder.ofResults(), builder.ofImages());
  }

  private static List<Strip> pointwise(int places) {
    int count = (places + LENGTH - 1) / LENGTH;
    List<Strip> strips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = start(i, count, places);
      int to = start(i + 1, count, places);
      strips.add(new Strip(from, to - from, new int[] {0}, new int[] {from}));
    }
    return List.copyOf(strips);
  }

  /** As even as multiples of sixteen are. */
  private static int start(int strip, int count, int places) {
    return strip == count ? places : (int) ((long) places * strip / count) / 16 * 16;
  }

  /** Of one shape and its layouts. */
  private record Builder(MapConvolutionShape shape, MapLayout images, MapLayout results) {
    List<Strip> ofResults() {
      List<Strip> strips = new ArrayList<>();
      int rows = together();
      for (int row = 0; row < shape.resultHeight(); row += rows) {
        int count = Math.min(rows, shape.resultHeight() - row);
        int[] elements = new int[shape.elements()];
        int[] met = new int[elements.length];
        for (int e = 0; e < elements.length; e++) {
          elements[e] = e;
          met[e] =
              images.place(
                  row * shape.stride() + e / shape.size() - shape.padding(),
                  e % shape.size() - shape.padding());
        }
        strips.add(
            new Strip(results.place(row, 0), values(count, shape.resultWidth()), elements, met));
      }
      return List.copyOf(strips);
    }

    List<Strip> ofImages() {
      List<Strip> strips = new ArrayList<>();
      for (int row = 0; row < shape.stride(); row++) {
        for (int column = 0; column < shape.stride(); column++) {
          phase(row, column, strips);
        }
      }
      return List.copyOf(strips);
    }

    /** The pixels whose distance from the first row and column of zeros is this by the stride. */
    private void phase(int rowPhase, int columnPhase, List<Strip> strips) {
      int firstRow = first(rowPhase);
      int firstColumn = first(columnPhase);
      int lines = count(firstRow, shape.height());
      int cells = count(firstColumn, shape.width());
      if (lines == 0 || cells == 0) {
        return;
      }
      int[] elements = elements(rowPhase, columnPhase);
      int rows = together();
      for (int line = 0; line < lines; line += rows) {
        int count = Math.min(rows, lines - line);
        int row = firstRow + line * shape.stride();
        int[] met = new int[elements.length];
        for (int i = 0; i < met.length; i++) {
          met[i] =
              results.place(
                  result(row, elements[i] / shape.size()),
                  result(firstColumn, elements[i] % shape.size()));
        }
        strips.add(new Strip(images.place(row, firstColumn), values(count, cells), elements, met));
      }
    }

    private int[] elements(int rowPhase, int columnPhase) {
      List<Integer> found = new ArrayList<>();
      for (int y = rowPhase; y < shape.size(); y += shape.stride()) {
        for (int x = columnPhase; x < shape.size(); x += shape.stride()) {
          found.add(y * shape.size() + x);
        }
      }
      return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The result that meets a pixel through a kernel's row or column. */
    private int result(int pixel, int element) {
      return (pixel + shape.padding() - element) / shape.stride();
    }

    /** The first pixel of a phase. */
    private int first(int phase) {
      return Math.floorMod(phase - shape.padding(), shape.stride());
    }

    private int count(int first, int pixels) {
      return first >= pixels ? 0 : (pixels - 1 - first) / shape.stride() + 1;
    }

    private int together() {
      boolean follow = images.cells() == results.cells() && images.stride() == shape.stride();
      int row = results.cells() * results.images();
      return follow ? Math.max(1, LENGTH / row) : 1;
    }

    private int values(int rows, int columns) {
      return ((rows - 1) * results.cells() + columns) * results.images();
    }
  }
}
