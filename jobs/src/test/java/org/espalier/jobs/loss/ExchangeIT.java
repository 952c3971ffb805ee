package org.espalier.jobs.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two executors of one host are told the same port; strangers speak to them. */
@Timeout(120)
class ExchangeIT {
  private static final byte RPC_REQUEST = 3;
  private static final byte RPC_FAILURE = 5;
  private static final byte MEAN = 2;

  private static JavaSparkContext spark;
  private static int first;
  private static List<Integer> ports;

  @BeforeAll
  static void start() throws Exception {
    first = freePort();
    Path classes =
        Path.of(ExchangeIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setAppName("exchange")
                .setMaster("local-cluster[2,1,512]")
                .set("spark.executor.memory", "512m")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false")
                .set("spark.locality.wait", "0s")
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s")
                .set("spark.executor.extraClassPath", classes.toString())
                .set("spark.espalier.exchange.port", Integer.toString(first)));
    ports = ExchangePort.ofExecutors(spark, 2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void theSecondExecutorOfAHostTakesTheNextPort() {
    assertThat(ports).doesNotHaveDuplicates().hasSize(2).contains(first);
    assertThat(ports).allMatch(port -> port >= first && port <= first + 16);
  }

  @Test
  void aStrangerIsRefusedEveryTimeAndLoggedOnce() throws Exception {
    byte[] question = new byte[64];
    question[0] = MEAN;
    for (int i = 0; i < 3; i++) {
      assertThat(answer(ports.get(0), question))
          .contains("Cannot take part in a run that this process does not know");
    }
    assertThat(answer(ports.get(0), new byte[] {MEAN}))
        .contains("Cannot do what a message asks for: it has 1 bytes");
    assertThat(logs())
        .filteredOn(line -> line.contains("a message from"))
        .singleElement()
        .asString()
        .endsWith(
            "WARN RefusedPeers: a message from 127.0.0.1 was refused: Cannot take part in a run that this process does not know: no task of it has been here, or it is over");
    assertThat(logs()).noneMatch(line -> line.contains("Error while invoking RpcHandler"));
  }

  /** What an executor says to a message in the form of Spark's network library. */
  private static String answer(int port, byte[] message) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeLong(Long.BYTES + 1 + Long.BYTES + Integer.BYTES + message.length);
      out.writeByte(RPC_REQUEST);
      out.writeLong(7);
      out.writeInt(message.length);
      out.write(message);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.readLong();
      assertThat(in.readByte()).isEqualTo(RPC_FAILURE);
      assertThat(in.readLong()).isEqualTo(7);
      return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
  }

  private static List<String> logs() throws IOException {
    Path work = Path.of(System.getenv("SPARK_HOME"), "work", spark.sc().applicationId());
    try (Stream<Path> files = Files.walk(work)) {
      return files.filter(file -> file.endsWith("stderr")).flatMap(ExchangeIT::lines).toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
