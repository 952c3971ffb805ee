package org.espalier.tasks;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The classes that a network takes the rows of a batch for, beside the rows' own, in the order of
 * the batch. Immutable.
 */
@DefaultSerializer(JavaSerializer.class) // Kryo would need a constructor without arguments.
public final class Predictions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] truths;
  private final int[] predicted;
  private final double[] losses;

  /**
   * The predictions of a batch; the arrays are equally long.
   *
   * @param truths the class of each row
   * @param predicted the class that it is taken for
   * @param losses cross-entropy of each row, in nats
   */
  public Predictions(int[] truths, int[] predicted, double[] losses) {
    this.truths = truths.clone();
    this.predicted = predicted.clone();
    this.losses = losses.clone();
  }

  /** Number of rows. */
  public int count() {
    return truths.length;
  }

  /** The class of a row. */
  public int truth(int row) {
    return truths[row];
  }

  /** The class that a row is taken for. */
  public int predicted(int row) {
    return predicted[row];
  }

  /** Cross-entropy of a row, in nats. */
  public double loss(int row) {
    return losses[row];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Predictions that
        && Arrays.equals(truths, that.truths)
        && Arrays.equals(predicted, that.predicted)
        && Arrays.equals(losses, that.losses);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(predicted);
  }
}
