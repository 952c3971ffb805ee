package org.espalier.datasets.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Mix64;
import org.espalier.datasets.ImageSink;
import org.espalier.datasets.RowRange;
import org.junit.jupiter.api.Test;

class DigitsDifficultyTest {
  private static final int TRAIN = 6000;
  private static final int TEST = 2000;
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int EPOCHS = 12;
  private static final float LEARNING_RATE = 0.02f;

  private final float[][] weights = new float[CLASSES][INPUTS + 1];

  @Test
  void aLinearClassifierLearnsTheDigitsButNotWell() throws IOException {
    Examples train = Examples.read("train", TRAIN);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int row : Mix64.permutation(TRAIN, epoch)) {
        descend(train.pixels[row], train.labels[row]);
      }
    }
    Examples test = Examples.read("test", TEST);
    assertThat(accuracy(test)).isBetween(0.80, 0.95);
  }

  /** One step of stochastic gradient descent on the cross-entropy of softmax(W x). */
  private void descend(float[] pixels, int label) {
    float[] scores = scores(pixels);
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    double[] powers = new double[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      powers[c] = Math.exp(scores[c] - largest);
      sum += powers[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      float error = (float) (powers[c] / sum - (c == label ? 1 : 0)) * LEARNING_RATE;
      float[] row = weights[c];
      for (int i = 0; i < pixels.length; i++) {
        row[i] -= error * pixels[i];
      }
    }
  }

  private float[] scores(float[] pixels) {
    float[] scores = new float[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      float[] row = weights[c];
      float sum = 0;
      for (int i = 0; i < pixels.length; i++) {
        sum += row[i] * pixels[i];
      }
      scores[c] = sum;
    }
    return scores;
  }

  private double accuracy(Examples test) {
    int right = 0;
    for (int row = 0; row < test.labels.length; row++) {
      float[] scores = scores(test.pixels[row]);
      int best = 0;
      for (int c = 1; c < CLASSES; c++) {
        best = scores[c] > scores[best] ? c : best;
      }
      right += best == test.labels[row] ? 1 : 0;
    }
    return (double) right / test.labels.length;
  }

  /** Pixels in [0, 1] followed by a constant 1 for the bias. */
  private static final class Examples {
    final float[][] pixels;
    final int[] labels;
    private int rows;

    private Examples(int number) {
      pixels = new float[number][INPUTS + 1];
      labels = new int[number];
    }

    static Examples read(String split, int number) throws IOException {
      Examples examples = new Examples(number);
      new GeneratedDigits(1)
          .read(
              split,
              new RowRange(0, number),
              new Configuration(false),
              ImageSink.of(examples::add));
      return examples;
    }

    private void add(byte[] bytes, int label) {
      Arrays.fill(pixels[rows], 1);
      for (int i = 0; i < INPUTS; i++) {
        pixels[rows][i] = Byte.toUnsignedInt(bytes[i]) / 255f;
      }
      labels[rows] = label;
      rows++;
    }
  }
}
