package org.espalier.results;

import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * One quantity over the repetitions of an experiment.
 *
 * @param mean the arithmetic mean
 * @param min the smallest value
 * @param max the largest value
 * @param count how many values there are, at least 1
 */
public record Spread(double mean, double min, double max, long count) {

  static Optional<Spread> of(DoubleStream values) {
    DoubleSummaryStatistics statistics = values.summaryStatistics();
    if (statistics.getCount() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Spread(
            statistics.getAverage(),
            statistics.getMin(),
            statistics.getMax(),
            statistics.getCount()));
  }
}
