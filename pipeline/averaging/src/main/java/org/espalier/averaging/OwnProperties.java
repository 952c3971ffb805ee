package org.espalier.averaging;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.gradients.Groups;
import org.espalier.base.Refusal;
import scala.Tuple2;

/** The properties of Spark that are Espalier's own, {@code spark.espalier.*}; deterministic. */
public final class OwnProperties {
  private static final String PREFIX = "spark.espalier.";
  private static final int LAST_PORT = 65_535;
  private static final Map<String, Values> KNOWN =
      new TreeMap<>(
          Map.of(
              Exchange.PORT, Values.PORT,
              Groups.GROUPS_ABOVE, Values.COUNT,
              Exchange.TIMEOUT, Values.TIME,
              Exchange.BIND_ADDRESS, Values.ADDRESS,
              ExecutorDemand.PATIENCE, Values.TIME));

  private OwnProperties() {}

  /** What a property takes. */
  private enum Values {
    PORT("a port from 0 to 65535, where 0 is any free one") {
      @Override
      boolean have(String value) {
        int port = Integer.parseInt(value);
        return port >= 0 && port <= LAST_PORT;
      }
    },
    COUNT("a whole number from 1 on") {
      @Override
      boolean have(String value) {
        return Integer.parseInt(value) >= 1;
      }
    },
    TIME("a time such as 30s or 10min") {
      @Override
      boolean have(String value) {
        return JavaUtils.timeStringAs(value, TimeUnit.MILLISECONDS) >= 0;
      }
    },
    ADDRESS("a host or an address such as 0.0.0.0") {
      @Override
      boolean have(String value) {
        return !value.isBlank();
      }
    };

    private final String sentence;

    Values(String sentence) {
      this.sentence = sentence;
    }

    /**
     * @throws NumberFormatException if the value is no such thing at all
     */
    abstract boolean have(String value);

    boolean take(String value) {
      try {
        return have(value);
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  /**
   * Checks all of an application's.
   *
   * @throws Refusal if there is none of a name, or a value is none that it takes
   */
  public static void check(SparkConf conf) {
    Arrays.stream(conf.getAllWithPrefix(PREFIX)).forEach(OwnProperties::check);
  }

  private static void check(Tuple2<String, String> property) {
    String name = PREFIX + property._1();
    Values values = KNOWN.get(name);
    if (values == null) {
      throw new Refusal(
          "Cannot use the Spark property %s: there is none of that name; there are %s."
              .formatted(name, String.join(", ", KNOWN.keySet())));
    }
    if (!values.take(property._2())) {
      throw new Refusal(
          "Cannot use the Spark property %s = \"%s\": it takes %s."
              .formatted(name, property._2(), values.sentence));
    }
  }
}
