package org.espalier.engine.kernel;

import java.util.Arrays;

/**
 * {@link LossPasses} row by row, a wide row in pieces; slices are groups of rows. Gradients are
 * drawn towards zero by 1e-30: in a network that is sure of its training examples most of them
 * would be subnormal on their way down.
 */
final class FastLossPasses extends Chunked implements LossPasses {
  private final Chunk normalising = this::softmaxRow;
  private final Chunk judging = this::lossRow;
  private FloatValues scores;
  private FloatValues result;
  private Values labels;
  private Values weights;
  private int classes;
  private boolean byClass;
  private float low;
  private float span;
  private double scale;

  FastLossPasses(LaneMath math) {
    super(math);
  }

  @Override
  public void softmax(Values values, int count, Values to) {
    int rows = LossOperands.rows(values, count, to);
    scores = FloatValues.require(values);
    result = FloatValues.require(to);
    classes = count;
    each(rows, 1, normalising);
  }

  private double softmaxRow(int row, int size, int slice, Scratch s) {
    double sum = exponentials(row, s);
    for (int done = 0; done < classes; done += CHUNK) {
      int count = Math.min(CHUNK, classes - done);
      result.read(row * classes + done, s.a, count);
      scaled(s.a, (float) (1 / sum), count);
      result.write(row * classes + done, s.a, count);
    }
    return 0;
  }

  @Override
  public double crossEntropy(
      Values values,
      Values truth,
      int count,
      Smoothing smoothing,
      Values rowWeights,
      double factor,
      Values gradient) {
    int rows = LossOperands.rows(values, count, gradient);
    LossOperands.require(rows, count, truth, rowWeights);
    scores = FloatValues.require(values);
    result = FloatValues.require(gradient);
    labels = truth;
    weights = rowWeights;
    classes = count;
    byClass = truth.length() == rows;
    low = (float) smoothing.low(count);
    span = (float) (smoothing.high(count) - smoothing.low(count));
    scale = factor;
    return each(rows, 1, judging);
  }

  private double lossRow(int row, int size, int slice, Scratch s) {
    if (byClass && !LossPasses.isCounted(labels.get(row))) {
      return clearRow(row, s);
    }
    double weight = weights == null ? 1 : weights.get(row);
    double highest = highest(row, s);
    double expected = 0;
    for (int done = 0; done < classes; done += CHUNK) {
      int count = Math.min(CHUNK, classes - done);
      scores.read(row * classes + done, s.a, count);
      targets(row, done, count, s.b);
      for (int i = 0; i < count; i++) {
        s.b[i] *= (float) (s.a[i] - highest);
      }
      expected += sum(s.b, count);
    }
    double sum = exponentials(row, s);
    float inverse = (float) (1 / sum);
    float factor = (float) (scale * weight);
    for (int done = 0; done < classes; done += CHUNK) {
      int count = Math.min(CHUNK, classes - done);
      result.read(row * classes + done, s.a, count);
      targets(row, done, count, s.b);
      for (int i = 0; i < count; i++) {
        s.a[i] = drawnToZero(factor * (s.a[i] * inverse - s.b[i]));
      }
      result.write(row * classes + done, s.a, count);
    }
    return weight * (Math.log(sum) - expected);
  }

  private double clearRow(int row, Scratch s) {
    Arrays.fill(s.a, 0f);
    for (int done = 0; done < classes; done += CHUNK) {
      result.write(row * classes + done, s.a, Math.min(CHUNK, classes - done));
    }
    return 0;
  }

  /** Writes {@code exp(score - highest)} into the result and returns its sum. */
  private double exponentials(int row, Scratch s) {
    float highest = highest(row, s);
    double sum = 0;
    for (int done = 0; done < classes; done += CHUNK) {
      int count = Math.min(CHUNK, classes - done);
      scores.read(row * classes + done, s.a, count);
      for (int i = 0; i < count; i++) {
        s.a[i] -= highest;
      }
      math.exp(s.a, count);
      sum += sum(s.a, count);
      result.write(row * classes + done, s.a, count);
    }
    return sum;
  }

  private float highest(int row, Scratch s) {
    float highest = Float.NEGATIVE_INFINITY;
    for (int done = 0; done < classes; done += CHUNK) {
      int count = Math.min(CHUNK, classes - done);
      scores.read(row * classes + done, s.a, count);
      for (int i = 0; i < count; i++) {
        highest = Math.max(highest, s.a[i]);
      }
    }
    return highest;
  }

  private void targets(int row, int from, int count, float[] to) {
    if (byClass) {
      Arrays.fill(to, 0, count, low);
      int gold = LossPasses.requireClass(labels.get(row), classes) - from;
      if (gold >= 0 && gold < count) {
        to[gold] += span;
      }
      return;
    }
    FloatValues.require(labels).read(row * classes + from, to, count);
    for (int i = 0; i < count; i++) {
      to[i] = low + span * to[i];
    }
  }

  private static void scaled(float[] values, float by, int count) {
    for (int i = 0; i < count; i++) {
      values[i] *= by;
    }
  }
}
