package org.espalier.base;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A quantity by which a trained network is judged. The set of metrics is open: a task may bring its
 * own.
 *
 * @param name what it is called in files and on the console: lower-case letters, digits and
 *     hyphens, such as {@code accuracy}, {@code cross-entropy}, {@code bleu}
 * @param unit what its values count: {@value #FRACTION}, which people read in percent, {@value
 *     #POINTS}, or any other, such as {@code nats}
 * @param direction which values are better
 */
public record Metric(String name, String unit, Direction direction) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** The unit of values in [0, 1], which are printed in percent. */
  public static final String FRACTION = "fraction";

  /** The unit of values on a scale that ends at 100, such as BLEU, printed as they are. */
  public static final String POINTS = "points";

  /** Rows that were judged right over all rows. */
  public static final Metric ACCURACY = new Metric("accuracy", FRACTION, Direction.HIGHER);

  /** The mean of the negative natural logarithm of the probability that the truth was given. */
  public static final Metric CROSS_ENTROPY = new Metric("cross-entropy", "nats", Direction.LOWER);

  /** Which of two values is better. */
  public enum Direction {
    /** The higher one. */
    HIGHER,
    /** The lower one. */
    LOWER;

    /** As it is written in files: {@code higher} or {@code lower}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The direction with this label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Direction labelled(String label) {
      return switch (label) {
        case "higher" -> HIGHER;
        case "lower" -> LOWER;
        default ->
            throw new IllegalArgumentException(
                "Cannot tell which values are better from '%s': it must be higher or lower"
                    .formatted(label));
      };
    }
  }

  /** A metric; its name must be fit for a column of a file and a {@code name=value} pair. */
  public Metric {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Cannot name a metric '%s': use lower-case letters, digits and single hyphens, such as top-5-accuracy"
              .formatted(name));
    }
    if (unit.isBlank()) {
      throw new IllegalArgumentException("Cannot use the metric " + name + " without a unit");
    }
  }

  /** Whether its values are fractions in [0, 1]. */
  public boolean isFraction() {
    return unit.equals(FRACTION);
  }

  /** The order of its values from the worst to the best. */
  public Comparator<Double> worstFirst() {
    return switch (direction) {
      case HIGHER -> Comparator.naturalOrder();
      case LOWER -> Comparator.reverseOrder();
    };
  }

  /** Whether {@code one} is truly better than {@code other}. */
  public boolean isBetter(double one, double other) {
    return worstFirst().compare(one, other) > 0;
  }
}
