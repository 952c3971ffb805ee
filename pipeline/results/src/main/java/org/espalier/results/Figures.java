package org.espalier.results;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in the terminal's table and in the report. */
public final class Figures {
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  private Figures() {}

  /** A fraction in percent with two decimals: 0.98125 is {@code 98.13}. */
  public static String percent(double fraction) {
    return decimal(fraction).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  /**
   * A sparsity in percent with up to two decimals: 0.9 is {@code 90}, 0.98765 is {@code 98.77}. A
   * sparsity below 1 is never rounded to {@code 100}.
   */
  public static String sparsity(double fraction) {
    BigDecimal percent = decimal(fraction);
    BigDecimal rounded = percent.setScale(2, RoundingMode.HALF_UP);
    boolean hidesTheRest = fraction < 1 && rounded.compareTo(ALL) == 0;
    return hidesTheRest ? ">99.99" : rounded.stripTrailingZeros().toPlainString();
  }

  /** A count with its thousands apart: {@code 266,200}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A compression factor: {@code 9.8x}, {@code 49x}. */
  public static String factor(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1fx" : "%.0fx", value);
  }

  /** A duration: {@code 4.2 s}, {@code 3 min 05 s}, {@code 2 h 05 min}. */
  public static String duration(double seconds) {
    if (seconds < 59.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  private static BigDecimal decimal(double fraction) {
    return new BigDecimal(Double.toString(fraction)).movePointRight(2);
  }
}
