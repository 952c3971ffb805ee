package org.espalier.engine.kernel;

/** {@link PoolingPasses} one window at a time. */
final class ReferencePoolingPasses implements PoolingPasses {
  @Override
  public void forward(PoolingShape shape, Values images, Values result) {
    shape.require(images, result);
    for (int i = 0; i < result.length(); i++) {
      result.set(i, images.get(largest(shape, images, i)));
    }
  }

  @Override
  public void backward(
      PoolingShape shape, Values images, Values result, Values resultGradient, Values gradient) {
    shape.require(images, result);
    shape.require(gradient, resultGradient);
    gradient.fill(0);
    for (int i = 0; i < result.length(); i++) {
      gradient.set(largest(shape, images, i), resultGradient.get(i));
    }
  }

  private static int largest(PoolingShape shape, Values images, int result) {
    int channel = result % shape.channels();
    int x = result / shape.channels() % shape.resultWidth();
    int y = result / shape.channels() / shape.resultWidth() % shape.resultHeight();
    int b = result / shape.channels() / shape.resultWidth() / shape.resultHeight();
    int best = -1;
    for (int i = 0; i < shape.size() * shape.size(); i++) {
      int row = y * shape.size() + i / shape.size();
      int column = x * shape.size() + i % shape.size();
      int at = ((b * shape.height() + row) * shape.width() + column) * shape.channels() + channel;
      if (best < 0 || passes(images.get(at), images.get(best))) {
        best = at;
      }
    }
    return best;
  }

  /** What is not a number is above every number and passed by nothing. */
  private static boolean passes(double value, double best) {
    return value > best || (Double.isNaN(value) && !Double.isNaN(best));
  }
}
