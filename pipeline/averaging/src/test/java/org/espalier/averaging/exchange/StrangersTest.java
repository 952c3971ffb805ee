package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who does not know the number of a run has no say in it, and is not even listened to. */
class StrangersTest {
  private static final long RUN = 0x5eed5eed5eedL;
  private static final RoundKey KEY = new RoundKey(RUN, 3, 0);

  private JavaSparkContext spark;

  @BeforeEach
  void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[1]")
                .setAppName("strangers")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    spark.close();
  }

  @Test
  void messagesOfAnUnknownRunAreRefused() {
    List<ByteBuffer> messages =
        List.of(
            Request.mean(KEY, 0),
            Request.parameters(KEY, 0, 7),
            Request.allParameters(KEY, 0),
            Request.keepAll(KEY),
            Request.keptPart(RUN, 7, 0, 1),
            Request.wholeGradient(KEY, 0),
            Request.end(KEY, Failure.of(new IllegalStateException("mischief"), "1")));
    for (ByteBuffer message : messages) {
      assertThatThrownBy(() -> Request.serve(message, Exchange.ofProcess()))
          .isInstanceOf(LostShards.class)
          .hasMessage(
              "Cannot take part in a run that this process does not know: no task of it has been here, or it is over");
    }
  }

  @Test
  void nothingOfAnUnknownRunIsDeserialised() {
    ByteBuffer mischief = ByteBuffer.wrap(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 115});
    assertThatThrownBy(() -> Request.serve(Request.begin(RUN, mischief), Exchange.ofProcess()))
        .isInstanceOf(LostShards.class);
    ByteBuffer huge = ByteBuffer.allocate(64).put((byte) 1).putLong(RUN).putLong(3).putInt(0);
    huge.putInt(0).putInt(Integer.MAX_VALUE).rewind();
    assertThatThrownBy(() -> Request.serve(huge, Exchange.ofProcess()))
        .isInstanceOf(LostShards.class);
  }

  @Test
  void aRunThatIsOverIsUnknownAgain() {
    Exchange exchange = Exchange.ofProcess();
    exchange.admit(RUN);
    assertThatThrownBy(() -> Request.serve(Request.mean(KEY, 0), exchange))
        .hasMessageStartingWith("Cannot find shard 0 of round 3, try 0");
    exchange.forget(exchange.address(), RUN);
    assertThatThrownBy(() -> Request.serve(Request.mean(KEY, 0), exchange))
        .hasMessageStartingWith("Cannot take part in a run that this process does not know");
  }

  @Test
  void theNumberOfARunIsNotForLogs() {
    assertThat(KEY).hasToString("round 3, try 0");
  }
}
