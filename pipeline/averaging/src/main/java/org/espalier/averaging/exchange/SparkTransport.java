package org.espalier.averaging.exchange;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;
import org.apache.spark.util.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.Option;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * Messages and answers between the processes of a Spark application, over Spark's own network
 * library, with its authentication and encryption where they are on. The only class that uses what
 * is private to Spark of it. Thread-safe.
 */
final class SparkTransport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTransport.class);
  private static final String MODULE = "espalier";
  private static final String DRIVER = "driver";

  private final SparkEnv environment;
  private final TransportConf settings;
  private final TransportContext context;
  private final TransportClientFactory clients;
  private TransportServer server;

  /** Does what messages ask for. */
  interface Receiver {
    /**
     * Takes a message.
     *
     * @param message read only during the call
     * @param from who sent it
     * @return completes with the answer; if it fails, or this throws, the sender hears why
     */
    CompletableFuture<ByteBuffer> receive(ByteBuffer message, SocketAddress from);
  }

  SparkTransport(SparkEnv environment, Receiver receiver) {
    this.environment = environment;
    SparkConf conf = environment.conf();
    this.settings =
        SparkTransportConf.fromSparkConf(
            conf, MODULE, conf.getInt("spark.executor.cores", 0), Option.empty());
    this.context = new TransportContext(settings, new Handler(receiver, environment.executorId()));
    this.clients = context.createClientFactory(clientSecurity());
  }

  /** The host that others reach this process at, as Spark advertises it. */
  String host() {
    return environment.blockManager().blockManagerId().host();
  }

  /** The port that the server listens on, which is started if it does not yet. */
  synchronized int port() {
    if (server == null) {
      server = startServer();
    }
    return server.getPort();
  }

  private TransportServer startServer() {
    String host = bindAddress();
    Function1<Object, Tuple2<TransportServer, Object>> start =
        new AbstractFunction1<>() {
          @Override
          public Tuple2<TransportServer, Object> apply(Object port) {
            TransportServer started = context.createServer(host, (Integer) port, serverSecurity());
            return new Tuple2<>(started, started.getPort());
          }
        };
    SparkConf conf = environment.conf();
    return Utils.startServiceOnPort(conf.getInt(Exchange.PORT, 0), start, conf, "espalier exchange")
        ._1();
  }

  private String bindAddress() {
    SparkConf conf = environment.conf();
    String usual =
        DRIVER.equals(environment.executorId())
            ? conf.get("spark.driver.bindAddress", host())
            : host();
    return conf.get(Exchange.BIND_ADDRESS, usual);
  }

  /**
   * Sends a message.
   *
   * @param message read until the future completes
   * @return completes with the answer, which is read before the thread that completes it goes on;
   *     fails with {@link RunFailure} where the receiver failed
   * @throws IOException if the process cannot be reached
   */
  CompletableFuture<Void> send(String host, int port, ByteBuffer message, Answered answered)
      throws IOException, InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    TransportClient client = clients.createClient(host, port);
    client.sendRpc(
        message,
        new RpcResponseCallback() {
          @Override
          public void onSuccess(ByteBuffer answer) {
            try {
              answered.read(answer);
              done.complete(null);
            } catch (RuntimeException | Error e) {
              done.completeExceptionally(e);
            }
          }

          @Override
          public void onFailure(Throwable cause) {
            done.completeExceptionally(EncodedFailure.decoded(cause));
          }
        });
    return done;
  }

  /** Reads the answer to a message, in whatever thread it comes. */
  @FunctionalInterface
  interface Answered {
    /** Reads the answer, which is not there any more after the call. */
    void read(ByteBuffer answer);
  }

  private List<TransportClientBootstrap> clientSecurity() {
    SecurityManager security = environment.securityManager();
    return security.isAuthenticationEnabled()
        ? List.of(new AuthClientBootstrap(settings, environment.conf().getAppId(), security))
        : List.of();
  }

  private List<TransportServerBootstrap> serverSecurity() {
    SecurityManager security = environment.securityManager();
    return security.isAuthenticationEnabled()
        ? List.of(new AuthServerBootstrap(settings, security))
        : List.of();
  }

  @Override
  public synchronized void close() {
    clients.close();
    if (server != null) {
      server.close();
    }
    context.close();
  }

  private static final class Handler extends RpcHandler {
    private final StreamManager streams = new OneForOneStreamManager();
    private final Receiver receiver;
    private final String executor;

    Handler(Receiver receiver, String executor) {
      this.receiver = receiver;
      this.executor = executor;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
      var unused =
          received(message, client.getSocketAddress())
              .whenComplete(
                  (answer, failure) -> {
                    if (failure == null) {
                      callback.onSuccess(answer);
                    } else {
                      callback.onFailure(told(failure));
                    }
                  });
    }

    /** A failure that is news is logged where it happened; its trace does not travel. */
    private EncodedFailure told(Throwable thrown) {
      Failure failure = Failure.of(thrown, executor);
      if (failure.kind() == Failure.Kind.BROKEN || failure.kind() == Failure.Kind.OUT_OF_MEMORY) {
        LOG.warn("a message could not be answered", thrown);
      }
      return new EncodedFailure(failure);
    }

    /** Spark would log a stack trace of what is thrown, and close the connection for an error. */
    private CompletableFuture<ByteBuffer> received(ByteBuffer message, SocketAddress from) {
      try {
        return receiver.receive(message, from);
      } catch (RuntimeException | OutOfMemoryError e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public StreamManager getStreamManager() {
      return streams;
    }
  }
}
