package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Another executor of the same host has taken the port that the exchange is to have. */
class ExchangePortTest {
  private static final String RETRIES = "spark.port.maxRetries";

  @Test
  void theNextFreePortIsTaken() throws IOException {
    try (ServerSocket taken = taken();
        JavaSparkContext spark = spark(taken.getLocalPort(), 20)) {
      assertThat(Exchange.ofProcess().address().port())
          .isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + 20);
      assertThat(spark.sc().isStopped()).isFalse();
    }
  }

  @Test
  void theSentenceNamesTheServiceWhereNoneIsFree() throws IOException {
    try (ServerSocket taken = taken();
        JavaSparkContext spark = spark(taken.getLocalPort(), 0)) {
      assertThatThrownBy(() -> Exchange.ofProcess().address())
          .hasMessageContaining("espalier exchange")
          .hasMessageContaining("starting from " + taken.getLocalPort());
      assertThat(spark.sc().isStopped()).isFalse();
    }
  }

  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static JavaSparkContext spark(int port, int retries) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set(Exchange.PORT, Integer.toString(port))
            .set(RETRIES, Integer.toString(retries)));
  }
}
