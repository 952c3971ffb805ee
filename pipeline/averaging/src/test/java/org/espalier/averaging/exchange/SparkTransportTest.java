package org.espalier.averaging.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sender of a message hears why it could not be answered. */
class SparkTransportTest {
  private static final SparkTransport.Receiver DEAF =
      (message, from) -> {
        throw new IllegalStateException("nobody asks this one");
      };

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[1]")
                .setAppName("transport")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void aReceiverOutOfMemorySaysSo() {
    assertThat(
            heard(
                (message, from) -> {
                  throw new OutOfMemoryError("Java heap space");
                }))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("the driver ran out of memory (Java heap space); raise ");
    assertThat(heard((message, from) -> failed(new OutOfMemoryError("totalBytes > maxBytes"))))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("ran out of memory (totalBytes > maxBytes); raise ");
  }

  @Test
  void aReceiverThatDoesNotHaveItSaysSo() {
    assertThat(heard((message, from) -> failed(new LostShards("it is not kept here"))))
        .isInstanceOf(LostShards.class)
        .hasMessage("it is not kept here");
  }

  @Test
  void aBrokenReceiverIsNoneThatHasLostSomething() {
    Throwable cause = new IllegalStateException("a bug", new LostShards("of long ago"));
    assertThat(heard((message, from) -> failed(new CompletionException(cause))))
        .isInstanceOf(LostShards.class);
    assertThat(heard((message, from) -> failed(new IllegalStateException("LostShards? a bug"))))
        .isInstanceOf(RunFailure.class)
        .isNotInstanceOf(LostShards.class)
        .hasMessage("java.lang.IllegalStateException: LostShards? a bug");
  }

  @Test
  void aProcessThatIsGoneIsAnErrorOfTheNetwork() {
    SparkTransport gone = new SparkTransport(SparkEnv.get(), DEAF);
    int port = gone.port();
    gone.close();
    try (SparkTransport sender = new SparkTransport(SparkEnv.get(), DEAF)) {
      assertThat(outcome(sent(sender, gone.host(), port))).isInstanceOf(IOException.class);
    }
  }

  private static CompletableFuture<ByteBuffer> failed(Throwable cause) {
    return CompletableFuture.failedFuture(cause);
  }

  private static Throwable heard(SparkTransport.Receiver receiver) {
    try (SparkTransport there = new SparkTransport(SparkEnv.get(), receiver);
        SparkTransport here = new SparkTransport(SparkEnv.get(), DEAF)) {
      return outcome(sent(here, there.host(), there.port()));
    }
  }

  private static Throwable outcome(CompletableFuture<Void> sent) {
    return sent.handle((nothing, failure) -> failure).join();
  }

  private static CompletableFuture<Void> sent(SparkTransport from, String host, int port) {
    try {
      return from.send(host, port, ByteBuffer.allocate(1), answer -> {});
    } catch (IOException | InterruptedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
