package org.espalier.engine.replica;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums over judged rows from which the metrics of a {@link Judge} follow, such as the number of
 * rows, of right answers, and the loss. The tallies of parts add up to the tally of the whole.
 * Immutable.
 */
@DefaultSerializer(JavaSerializer.class) // Kryo would need a constructor without arguments.
public final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The tally of no row at all. */
  public static final Tally NOTHING = new Tally();

  private final double[] sums;

  private Tally(double... sums) {
    this.sums = sums;
  }

  /** The tally of these sums, whose order and meaning are the judge's. */
  public static Tally of(double... sums) {
    return new Tally(sums.clone());
  }

  /**
   * The sum at this place.
   *
   * @throws IllegalStateException if nothing was judged
   */
  public double sum(int place) {
    if (sums.length == 0) {
      throw new IllegalStateException("Cannot judge a network by no row at all");
    }
    return sums[place];
  }

  /**
   * The tally of the rows of both.
   *
   * @throws IllegalArgumentException if another judge made the other
   */
  public Tally plus(Tally other) {
    if (sums.length == 0) {
      return other;
    }
    if (other.sums.length == 0) {
      return this;
    }
    if (sums.length != other.sums.length) {
      throw new IllegalArgumentException(
          "Cannot add a tally of %d sums to one of %d: they are of different judges"
              .formatted(other.sums.length, sums.length));
    }
    double[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    return new Tally(both);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally that && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return "Tally" + Arrays.toString(sums);
  }
}
