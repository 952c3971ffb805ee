package org.espalier.kernel;

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
        for (int y = 0; y < shape.size(); y++) {
          transfer(images, s.b, pixel(row, y, x) + c, across, deep, Direction.READ);
          raise(s.a, s.b, across, deep, y);
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
          transfer(images, s.c, from, across, deep, Direction.READ);
          for (int column = 0; column < across * shape.size(); column++) {
            share(s.a, s.b, column / shape.size() * deep, s.c, column * deep, deep);
          }
          transfer(gradient, s.c, from, across, deep, Direction.WRITE);
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

  private void raise(float[] largest, float[] pixels, int across, int deep, int y) {
    for (int column = 0; column < across * shape.size(); column++) {
      int to = column / shape.size() * deep;
      if (y == 0 && column % shape.size() == 0) {
        System.arraycopy(pixels, column * deep, largest, to, deep);
      } else {
        raise(largest, to, pixels, column * deep, deep);
      }
    }
  }

  /** Gives what is left of a gradient to the values that are the largest. */
  private static void share(
      float[] largest, float[] left, int first, float[] values, int at, int count) {
    for (int i = 0; i < count; i++) {
      float missing = (largest[first + i] - values[at + i]) * Rectifier.HUGE * Rectifier.HUGE;
      float taken = left[first + i] * (1f - Math.min(missing, 1f));
      values[at + i] = taken;
      left[first + i] -= taken;
    }
  }

  private static void raise(float[] largest, int first, float[] values, int at, int count) {
    for (int i = 0; i < count; i++) {
      largest[first + i] = Math.max(largest[first + i], values[at + i]);
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
