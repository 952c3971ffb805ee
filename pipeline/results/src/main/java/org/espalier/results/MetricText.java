package org.espalier.results;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import org.espalier.base.Metric;

/**
 * Metrics and their values as people read them, the same in the terminal's table and in the report.
 */
public final class MetricText {
  private static final Map<String, String> SPELLINGS = Map.of("bleu", "BLEU", "chrf", "chrF");
  private static final int DECIMALS = 4;
  private static final int DECIMALS_TO_100 = 2;

  private MetricText() {}

  /** What it is called within a sentence: {@code accuracy}, {@code BLEU}. */
  public static String name(Metric metric) {
    return SPELLINGS.getOrDefault(metric.name(), metric.name());
  }

  /** What it is called at the beginning of a line: {@code Accuracy}, {@code chrF}. */
  public static String heading(Metric metric) {
    String name = name(metric);
    return SPELLINGS.containsKey(metric.name())
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Name and unit within a line: {@code accuracy, %}, {@code BLEU}. */
  public static String label(Metric metric) {
    return name(metric) + unit(metric);
  }

  /** Heading and unit of a column: {@code Accuracy, %}, {@code BLEU}. */
  public static String title(Metric metric) {
    return heading(metric) + unit(metric);
  }

  /**
   * A value in the unit of its column: a fraction in percent and points with two decimals ({@code
   * 98.13}, {@code 27.31}), others with four ({@code 0.0612}).
   */
  public static String value(Metric metric, double value) {
    return rounded(metric, value).toPlainString();
  }

  /** A value of which the metric is known: {@code 98.13 %}, {@code 27.31}. */
  public static String withUnit(Metric metric, double value) {
    return value(metric, value) + (metric.isFraction() ? " %" : "");
  }

  /** A value within a sentence: {@code 98.13 % accuracy}, {@code 27.31 BLEU}. */
  public static String withName(Metric metric, double value) {
    return withUnit(metric, value) + " " + name(metric);
  }

  /**
   * A difference of two values, signed and rounded as they are; of fractions in percentage points:
   * {@code -0.35}, {@code +0.10}.
   */
  public static String difference(Metric metric, double difference) {
    BigDecimal rounded = rounded(metric, difference);
    return (rounded.signum() > 0 ? "+" : "") + rounded.toPlainString();
  }

  /** What a difference is counted in: {@code points}, or the metric's own unit. */
  public static String differenceUnit(Metric metric) {
    return metric.isFraction() ? Metric.POINTS : metric.unit();
  }

  private static String unit(Metric metric) {
    return switch (metric.unit()) {
      case Metric.FRACTION -> ", %";
      case Metric.POINTS -> "";
      default -> ", " + metric.unit();
    };
  }

  private static BigDecimal rounded(Metric metric, double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value));
    return metric.isFraction()
        ? decimal.movePointRight(2).setScale(DECIMALS_TO_100, RoundingMode.HALF_UP)
        : decimal.setScale(
            metric.unit().equals(Metric.POINTS) ? DECIMALS_TO_100 : DECIMALS, RoundingMode.HALF_UP);
  }
}
