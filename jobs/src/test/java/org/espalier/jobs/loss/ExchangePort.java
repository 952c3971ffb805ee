package org.espalier.jobs.loss;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.exchange.Exchange;

/** The ports that the exchange listens on; a class of its own, since executors load it. */
final class ExchangePort {
  private static final long HOLD_MILLIS = 500;

  private ExchangePort() {}

  /** Those of so many executors with one core each. */
  static List<Integer> ofExecutors(JavaSparkContext spark, int executors) {
    return spark
        .parallelize(IntStream.range(0, executors).boxed().toList(), executors)
        .map(
            slot -> {
              Thread.sleep(HOLD_MILLIS);
              return Exchange.ofProcess().address().port();
            })
        .collect();
  }
}
