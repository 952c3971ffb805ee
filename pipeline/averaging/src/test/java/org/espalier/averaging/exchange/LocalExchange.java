package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A Spark application of one process, whose exchange is asked by itself. */
public final class LocalExchange implements AutoCloseable {
  private final JavaSparkContext spark =
      new JavaSparkContext(
          new SparkConf()
              .setMaster("local[1]")
              .setAppName("exchange")
              .set("spark.ui.enabled", "false")
              .set("spark.driver.host", "127.0.0.1"));

  /** The exchange of this process. */
  public Exchange exchange() {
    return Exchange.ofProcess();
  }

  /** Sends a message to this process, and throws what comes of it as it is thrown there. */
  public void ask(ByteBuffer message) {
    exchange().serve(message).join();
  }

  @Override
  public void close() {
    spark.close();
  }
}
