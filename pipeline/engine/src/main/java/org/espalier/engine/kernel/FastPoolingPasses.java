package org.espalier.engine.kernel;

/**
 * {@link PoolingPasses} one row of windows at a time, in blocks of several windows with all of
 * their channels, or of one with some of them; slices are groups of such rows.
 */
final class FastPoolingPasses extends Chunked implements PoolingPasses {
  private final Chunk pooling = this::poolRow;
  private final Chunk differentiating = this::gradientRow;
  private PoolingShape shape;
  private FloatValues images;
  private FloatValues result;
  private FloatValues resultGradient;
  private FloatValues gradient;
  private int windows;
  private int channels;

  private enum Order {
    BY_WINDOW,
    BY_COLUMN
  }

  private enum Direction {
    READ,
    WRITE
  }

  FastPoolingPasses(LaneMath math) {
    super(math);
  }

  @Override
  public void forward(PoolingShape pooled, Values given, Values to) {
    pooled.require(given, to);
    cut(pooled);
    images = FloatValues.require(given);
    result = FloatValues.require(to);
    each(shape.batch() * shape.resultHeight(), 1, pooling);
  }

  @Override
  public void backward(
      PoolingShape pooled, Values given, Values largest, Values upstream, Values to) {
    pooled.require(given, largest);
    pooled.require(to, upstream);
    cut(pooled);
    images = FloatValues.require(given);
    result = FloatValues.require(largest);
    resultGradient = FloatValues.require(upstream);
    gradient = FloatValues.require(to);
    each(shape.batch() * shape.resultHeight(), 1, differentiating);
  }

  private void cut(PoolingShape pooled) {
    shape = pooled;
    channels = Math.min(pooled.channels(), CHUNK / pooled.size());
    boolean whole = channels == pooled.channels();
    windows = whole ? Math.max(1, CHUNK / (pooled.size() * channels)) : 1;
  }

  private double poolRow(int row, int size, int slice, Scratch s) {
    for (int x = 0; x < shape.resultWidth(); x += windows) {
      int across = Math.min(windows, shape.resultWidth() - x);
      for (int c = 0; c < shape.channels(); c += channels) {
        int deep = Math.min(channels, shape.channels() - c);
        transfer(images, s.b, pixel(row, 0, x) + c, across, deep, Direction.READ);
        for (int y = 1; y < shape.size(); y++) {
          transfer(images, s.c, pixel(row, y, x) + c, across, deep, Direction.READ);
          math.raise(s.b, s.c, 0, across * shape.size() * deep);
        }
        reorder(s.b, s.c, across, deep, Order.BY_COLUMN);
        System.arraycopy(s.c, 0, s.a, 0, across * deep);
        for (int column = 1; column < shape.size(); column++) {
          math.raise(s.a, s.c, column * across * deep, across * deep);
        }
        result.write(place(row, x) + c, s.a, across * deep);
      }
    }
    return 0;
  }

  private double gradientRow(int row, int size, int slice, Scratch s) {
    zeroEdges(row, s);
    for (int x = 0; x < shape.resultWidth(); x += windows) {
      int across = Math.min(windows, shape.resultWidth() - x);
      for (int c = 0; c < shape.channels(); c += channels) {
        int deep = Math.min(channels, shape.channels() - c);
        result.read(place(row, x) + c, s.a, across * deep);
        resultGradient.read(place(row, x) + c, s.b, across * deep);
        for (int y = 0; y < shape.size(); y++) {
          int from = pixel(row, y, x) + c;
          transfer(images, s.d, from, across, deep, Direction.READ);
          reorder(s.d, s.c, across, deep, Order.BY_COLUMN);
          for (int column = 0; column < shape.size(); column++) {
            math.share(s.a, s.b, s.c, column * across * deep, across * deep);
          }
          reorder(s.c, s.d, across, deep, Order.BY_WINDOW);
          transfer(gradient, s.d, from, across, deep, Direction.WRITE);
        }
      }
    }
    return 0;
  }

  /** A row of pixels of some windows, `[across, size, deep]`; its pieces lie apart if not whole. */
  private void transfer(
      FloatValues values, float[] pixels, int from, int across, int deep, Direction direction) {
    boolean whole = deep == shape.channels();
    int pieces = whole ? 1 : shape.size();
    int count = whole ? across * shape.size() * deep : deep;
    for (int i = 0; i < pieces; i++) {
      if (direction == Direction.READ) {
        values.read(from + i * shape.channels(), pixels, i * deep, count);
      } else {
        values.write(from + i * shape.channels(), pixels, i * deep, count);
      }
    }
  }

  /**
   * Between a row of pixels as it lies, `[across, size, deep]`, and one whose columns of windows
   * lie together, `[size, across, deep]`, over which loops are long.
   */
  private void reorder(float[] from, float[] to, int across, int deep, Order wanted) {
    for (int window = 0; window < across; window++) {
      for (int column = 0; column < shape.size(); column++) {
        int together = (column * across + window) * deep;
        int apart = (window * shape.size() + column) * deep;
        boolean gathering = wanted == Order.BY_COLUMN;
        System.arraycopy(
            from, gathering ? apart : together, to, gathering ? together : apart, deep);
      }
    }
  }

  /**
   * Zeroes what belongs to no window: the last columns, and below the last window the last rows.
   */
  private void zeroEdges(int row, Scratch s) {
    if (shape.height() % shape.size() == 0 && shape.width() % shape.size() == 0) {
      return;
    }
    java.util.Arrays.fill(s.a, 0f);
    int y = row % shape.resultHeight();
    int top = row / shape.resultHeight() * shape.height() + y * shape.size();
    boolean last = y == shape.resultHeight() - 1;
    int rows = last ? shape.height() - y * shape.size() : shape.size();
    for (int i = 0; i < rows; i++) {
      int column = i < shape.size() ? shape.resultWidth() * shape.size() : 0;
      zero((top + i) * shape.width() + column, shape.width() - column, s.a);
    }
  }

  private void zero(int pixel, int pixels, float[] zeros) {
    int to = pixels * shape.channels();
    for (int done = 0; done < to; done += CHUNK) {
      gradient.write(pixel * shape.channels() + done, zeros, Math.min(CHUNK, to - done));
    }
  }

  /** Where the first pixel of a row of a window lies. */
  private int pixel(int row, int y, int x) {
    int top =
        row / shape.resultHeight() * shape.height() + row % shape.resultHeight() * shape.size();
    return ((top + y) * shape.width() + x * shape.size()) * shape.channels();
  }

  /** Where a window's result lies. */
  private int place(int row, int x) {
    return (row * shape.resultWidth() + x) * shape.channels();
  }
}
