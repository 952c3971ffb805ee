package org.espalier.averaging.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import scala.Function1;
import scala.Option;
import scala.Tuple2;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * This process's end of the exchange: its owners, the server that makes them reachable, and a
 * client for those of others. Requests to itself do not touch the network. Thread-safe.
 *
 * <p>The server listens on the address of Spark's block manager, on the port that {@value #PORT}
 * names or, where that is taken, on one of the {@code spark.port.maxRetries} ports after it.
 */
public final class Exchange {
  /**
   * Spark property: first port that the exchange tries on executors; 0, the default, takes any free
   * one.
   */
  public static final String PORT = "spark.espalier.exchange.port";

  /**
   * Spark property: how long a task waits for the others of its stretch before it ends the stretch;
   * {@value #TIMEOUT_DEFAULT} by default.
   */
  public static final String TIMEOUT = "spark.espalier.exchange.timeout";

  private static final String TIMEOUT_DEFAULT = "600s";
  private static final String MODULE = "espalier";
  private static final long PROCESS = new SecureRandom().nextLong();
  private static Exchange ofProcess;

  private final SparkEnv environment;
  private final RunStates runs = new RunStates();
  private final Patience patience;
  private final TransportConf settings;
  private final TransportContext context;
  private final TransportClientFactory clients;
  private TransportServer server;

  private Exchange(SparkEnv environment) {
    this.environment = environment;
    SparkConf conf = environment.conf();
    this.patience = new Patience(conf.getTimeAsMs(TIMEOUT, TIMEOUT_DEFAULT));
    this.settings =
        SparkTransportConf.fromSparkConf(
            conf, MODULE, conf.getInt("spark.executor.cores", 0), Option.empty());
    this.context = new TransportContext(settings, new Handler());
    this.clients = context.createClientFactory(clientSecurity());
  }

  /** The exchange of this process, in the Spark application that it works for now. */
  public static synchronized Exchange ofProcess() {
    if (ofProcess == null || ofProcess.environment != SparkEnv.get()) {
      if (ofProcess != null) {
        ofProcess.close();
      }
      ofProcess = new Exchange(SparkEnv.get());
    }
    return ofProcess;
  }

  /** Where others reach the owners of this process; starts the server. */
  public synchronized ExecutorAddress address() {
    String host = environment.blockManager().blockManagerId().host();
    if (server == null) {
      server = startServer(host);
    }
    return new ExecutorAddress(environment.executorId(), host, server.getPort(), PROCESS);
  }

  private TransportServer startServer(String host) {
    Function1<Object, Tuple2<TransportServer, Object>> start =
        new AbstractFunction1<>() {
          @Override
          public Tuple2<TransportServer, Object> apply(Object port) {
            TransportServer started = context.createServer(host, (Integer) port, serverSecurity());
            return new Tuple2<>(started, started.getPort());
          }
        };
    SparkConf conf = environment.conf();
    return Utils.startServiceOnPort(conf.getInt(PORT, 0), start, conf, "espalier exchange")._1();
  }

  /**
   * The vector that the round after this one begins with; fetched once, valid until that of a later
   * round is asked for.
   *
   * @throws LostShards if a shard is not to be had
   */
  public FloatBuffer vectorAfter(ReducedRound round) {
    return runs.of(round.key().run()).vector().after(round);
  }

  /** The entries that travel in a run under masks of this hash; worked out once. */
  public TravellingEntries travelling(long run, long hash, Supplier<TravellingEntries> under) {
    return runs.of(run).travelling(hash, under);
  }

  /** Lets a process fetch a round's average before a task needs it. */
  public void prepare(ExecutorAddress process, ReducedRound round) {
    var unused = ask(process, Request.prepare(round), answer -> {});
  }

  /** Drops a run; whether that succeeds is not told. */
  public void forget(ExecutorAddress by, long run) {
    var unused = ask(by, Request.forget(run), answer -> {});
  }

  /** Lets messages of a run in, which a task of the run asks for before it uses the exchange. */
  public void admit(long run) {
    var unused = runs.admit(run);
  }

  /** Whether an address is that of this process. */
  static boolean isHere(ExecutorAddress address) {
    return address.process() == PROCESS;
  }

  RunState run(long number) {
    return runs.of(number);
  }

  RunStates runs() {
    return runs;
  }

  /** A value in the form in which Spark sends what tasks close over. */
  ByteBuffer serialised(Stretch stretch) {
    return environment
        .closureSerializer()
        .newInstance()
        .serialize(stretch, ClassTag$.MODULE$.apply(Stretch.class));
  }

  /** The opposite of {@link #serialised}. */
  Stretch deserialised(ByteBuffer bytes) {
    return environment
        .closureSerializer()
        .newInstance()
        .deserialize(
            bytes, Exchange.class.getClassLoader(), ClassTag$.MODULE$.apply(Stretch.class));
  }

  /** How long a task waits for the others. */
  Patience patience() {
    return patience;
  }

  /**
   * Asks a process.
   *
   * @param message what is read until the future completes
   * @param reader reads the answer, in whatever thread it comes
   * @return completes when the answer was read; fails with {@link LostShards}
   */
  CompletableFuture<Void> ask(
      ExecutorAddress address, ByteBuffer message, Consumer<ByteBuffer> reader) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      if (isHere(address)) {
        return Request.serve(message, this).thenAccept(reader);
      } else {
        client(address).sendRpc(message, new Answer(done, reader, address));
      }
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(failure(address, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      done.completeExceptionally(lost(address, e));
    }
    return done;
  }

  private TransportClient client(ExecutorAddress address) throws IOException, InterruptedException {
    return clients.createClient(address.host(), address.port());
  }

  /** What the other process could not do, unless the process, or what it owns, is lost. */
  private static RuntimeException failure(ExecutorAddress address, Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    boolean refused =
        cause instanceof RuntimeException && !text.contains(LostShards.class.getName());
    return refused && !(cause instanceof LostShards)
        ? new IllegalStateException(
            "Executor %s refused: %s".formatted(address.executor(), text), cause)
        : lost(address, cause);
  }

  private static LostShards lost(ExecutorAddress address, Throwable cause) {
    return new LostShards(
        "Cannot exchange shards with executor %s at %s:%d: %s"
            .formatted(address.executor(), address.host(), address.port(), cause.getMessage()),
        cause);
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

  private void close() {
    clients.close();
    if (server != null) {
      server.close();
    }
    context.close();
    runs.close();
  }

  private record Answer(
      CompletableFuture<Void> done, Consumer<ByteBuffer> reader, ExecutorAddress address)
      implements RpcResponseCallback {
    @Override
    public void onSuccess(ByteBuffer response) {
      reader.accept(response);
      done.complete(null);
    }

    @Override
    public void onFailure(Throwable e) {
      done.completeExceptionally(failure(address, e));
    }
  }

  private final class Handler extends RpcHandler {
    private final RefusedPeers strangers = new RefusedPeers();
    private final StreamManager streams = new OneForOneStreamManager();

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
      try {
        serve(message, callback);
      } catch (LostShards e) {
        strangers.note(client.getSocketAddress(), e);
        throw e;
      }
    }

    private void serve(ByteBuffer message, RpcResponseCallback callback) {
      var unused =
          Request.serve(message, Exchange.this)
              .whenComplete(
                  (answer, failure) -> {
                    if (failure == null) {
                      callback.onSuccess(answer);
                    } else {
                      callback.onFailure(failure);
                    }
                  });
    }

    @Override
    public StreamManager getStreamManager() {
      return streams;
    }
  }
}
