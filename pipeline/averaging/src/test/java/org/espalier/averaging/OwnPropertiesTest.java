package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPropertiesTest {
  @ParameterizedTest
  @CsvSource({
    "exchange.port, 7000",
    "exchange.port, 0",
    "exchange.groupsAbove, 1",
    "exchange.timeout, 10min",
    "executors.patience, 0s",
    "exchange.bindAddress, 0.0.0.0"
  })
  void whatTheyTakeIsTaken(String name, String value) {
    assertThatCode(() -> check(name, value)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exchange.port | 65536 | a port from 0 to 65535, where 0 is any free one",
        "exchange.port | any | a port from 0 to 65535, where 0 is any free one",
        "exchange.groupsAbove | 0 | a whole number from 1 on",
        "exchange.timeout | soon | a time such as 30s or 10min",
        "executors.patience | -1s | a time such as 30s or 10min",
        "exchange.bindAddress | '' | a host or an address such as 0.0.0.0"
      })
  void anythingElseIsRefused(String name, String value, String takes) {
    assertThatThrownBy(() -> check(name, value))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the Spark property spark.espalier.%s = \"%s\": it takes %s.",
            name, value, takes);
  }

  @Test
  void aMisspeltNameIsRefused() {
    assertThatThrownBy(() -> check("exchange.prot", "7000"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the Spark property spark.espalier.exchange.prot: there is none of that name; there are spark.espalier.exchange.bindAddress, spark.espalier.exchange.groupsAbove, spark.espalier.exchange.port, spark.espalier.exchange.timeout, spark.espalier.executors.patience.");
  }

  private static void check(String name, String value) {
    OwnProperties.check(new SparkConf(false).set("spark.espalier." + name, value));
  }
}
