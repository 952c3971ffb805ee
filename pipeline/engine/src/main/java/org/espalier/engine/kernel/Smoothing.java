package org.espalier.engine.kernel;

/**
 * Label smoothing: what a one-hot label becomes.
 *
 * @param kind how the removed probability is spread
 * @param amount in [0, 1)
 */
public record Smoothing(Kind kind, double amount) {
  /** The label as it is. */
  public static final Smoothing NONE = new Smoothing(Kind.EVERY_CLASS, 0);

  /** How the removed probability is spread. */
  public enum Kind {
    /** Over every class, the right one included (as the paper's ResNet-50 has it). */
    EVERY_CLASS,
    /** Over the other classes (as the paper's Transformer has it). */
    OTHER_CLASSES
  }

  /** Checks the amount. */
  public Smoothing {
    if (!(amount >= 0 && amount < 1)) {
      throw new IllegalArgumentException(
          "Cannot smooth labels by %s: it must be at least 0 and below 1.".formatted(amount));
    }
  }

  /** The target of a class whose label is 0. */
  public double low(int classes) {
    return kind == Kind.EVERY_CLASS ? amount / classes : amount / Math.max(1, classes - 1);
  }

  /** The target of a class whose label is 1. */
  public double high(int classes) {
    return kind == Kind.EVERY_CLASS ? 1 - amount + amount / classes : 1 - amount;
  }
}
