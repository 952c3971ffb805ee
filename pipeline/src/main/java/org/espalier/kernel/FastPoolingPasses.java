package org.espalier.kernel;

/** {@link PoolingPasses} one row of windows at a time; slices are groups of such rows. */
final class FastPoolingPasses extends Chunked implements PoolingPasses {
  private final Chunk pooling = this::poolRow;
  private final Chunk differentiating = this::gradientRow;
  private PoolingShape shape;
  private FloatValues images;
  private FloatValues result;
  private FloatValues resultGradient;
  private FloatValues gradient;

  FastPoolingPasses(LaneMath math) {
    super(math);
  }

  @Override
  public void forward(PoolingShape pooled, Values given, Values to) {
    pooled.require(given, to);
    shape = pooled;
    images = FloatValues.require(given);
    result = FloatValues.require(to);
    each(shape.batch() * shape.resultHeight(), 1, pooling);
  }

  @Override
  public void backward(
      PoolingShape pooled, Values given, Values largest, Values upstream, Values to) {
    pooled.require(given, largest);
    pooled.require(to, upstream);
    shape = pooled;
    images = FloatValues.require(given);
    result = FloatValues.require(largest);
    resultGradient = FloatValues.require(upstream);
    gradient = FloatValues.require(to);
    each(shape.batch() * shape.resultHeight(), 1, differentiating);
  }

  private double poolRow(int row, int size, int slice, Scratch s) {
    int channels = shape.channels();
    for (int x = 0; x < shape.resultWidth(); x++) {
      int to = (row * shape.resultWidth() + x) * channels;
      for (int done = 0; done < channels; done += CHUNK) {
        int count = Math.min(CHUNK, channels - done);
        for (int i = 0; i < shape.size() * shape.size(); i++) {
          float[] values = i == 0 ? s.a : s.b;
          images.read(at(row, x, i) + done, values, count);
          if (i > 0) {
            raise(s.a, values, count);
          }
        }
        result.write(to + done, s.a, count);
      }
    }
    return 0;
  }

  private double gradientRow(int row, int size, int slice, Scratch s) {
    zeroEdges(row, s);
    int channels = shape.channels();
    for (int x = 0; x < shape.resultWidth(); x++) {
      int from = (row * shape.resultWidth() + x) * channels;
      for (int done = 0; done < channels; done += CHUNK) {
        int count = Math.min(CHUNK, channels - done);
        result.read(from + done, s.a, count);
        resultGradient.read(from + done, s.b, count);
        for (int i = 0; i < shape.size() * shape.size(); i++) {
          int at = at(row, x, i) + done;
          images.read(at, s.c, count);
          share(s.a, s.b, s.c, count);
          gradient.write(at, s.c, count);
        }
      }
    }
    return 0;
  }

  /** Gives what is left of a gradient to the values that are the largest. */
  private static void share(float[] largest, float[] left, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      float missing = (largest[i] - values[i]) * Rectifier.HUGE * Rectifier.HUGE;
      float taken = left[i] * (1f - Math.min(missing, 1f));
      values[i] = taken;
      left[i] -= taken;
    }
  }

  private static void raise(float[] largest, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      largest[i] = Math.max(largest[i], values[i]);
    }
  }

  /**
   * Zeroes what belongs to no window: the last columns, and below the last window the last rows.
   */
  private void zeroEdges(int row, Scratch s) {
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

  /** Where a value of a window lies. */
  private int at(int row, int x, int place) {
    int b = row / shape.resultHeight();
    int y = row % shape.resultHeight() * shape.size() + place / shape.size();
    int column = x * shape.size() + place % shape.size();
    return ((b * shape.height() + y) * shape.width() + column) * shape.channels();
  }
}
