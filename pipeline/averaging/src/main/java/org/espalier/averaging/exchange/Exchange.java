package org.espalier.averaging.exchange;

import java.io.IOException;
import java.io.Serializable;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import scala.reflect.ClassTag$;

/**
 * This process's end of the exchange: the state of the runs that it takes part in, the server that
 * makes it reachable, and a client for those of others. Requests to itself do not touch the
 * network. Thread-safe.
 *
 * <p>The server listens on the address of Spark's block manager, or {@value #BIND_ADDRESS}, on the
 * port that {@value #PORT} names or, where that is taken, on one of the {@code
 * spark.port.maxRetries} ports after it.
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

  /**
   * Spark property: address that the server of the exchange listens on, where it is another than
   * the one that others reach it at; {@code 0.0.0.0} in containers with a network of their own.
   */
  public static final String BIND_ADDRESS = "spark.espalier.exchange.bindAddress";

  private static final String TIMEOUT_DEFAULT = "600s";
  private static final long PROCESS = new SecureRandom().nextLong();
  private static Exchange ofProcess;

  private final SparkEnv environment;
  private final RunStates runs = new RunStates();
  private final RefusedPeers strangers = new RefusedPeers();
  private final Patience patience;
  private final SparkTransport transport;
  private final Protocols protocols = Protocols.found();
  private final ExecutorService background = thread("espalier-prepare");
  private final ExecutorService fileThread = thread("espalier-files");

  private Exchange(SparkEnv environment) {
    this.environment = environment;
    this.patience = new Patience(environment.conf().getTimeAsMs(TIMEOUT, TIMEOUT_DEFAULT));
    this.transport = new SparkTransport(environment, this::receive);
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
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
  public ExecutorAddress address() {
    return new ExecutorAddress(
        environment.executorId(), transport.host(), transport.port(), PROCESS);
  }

  /** Drops a run; whether that succeeds is not told. */
  public void forget(ExecutorAddress by, long run) {
    var unused = ask(by, ExchangeRequest.forget(run), answer -> {});
  }

  /** Lets messages of a run in, which a task of the run asks for before it uses the exchange. */
  public void admit(long run) {
    var unused = runs.admit(run);
  }

  /** Id of this process's executor. */
  public String executor() {
    return environment.executorId();
  }

  /** Whether an address is that of this process. */
  public static boolean isHere(ExecutorAddress address) {
    return address.process() == PROCESS;
  }

  /**
   * The state of a run in this process.
   *
   * @throws LostShards if it was not admitted, or is over
   */
  public RunState run(long number) {
    return runs.of(number);
  }

  RunStates runs() {
    return runs;
  }

  /** A value in the form in which Spark sends what tasks close over. */
  public <T extends Serializable> ByteBuffer serialised(T value) {
    return environment
        .closureSerializer()
        .newInstance()
        .serialize(value, ClassTag$.MODULE$.apply(value.getClass()));
  }

  /** The opposite of {@link #serialised}. */
  public <T> T deserialised(ByteBuffer bytes, Class<T> as) {
    return environment
        .closureSerializer()
        .newInstance()
        .deserialize(bytes, Exchange.class.getClassLoader(), ClassTag$.MODULE$.apply(as));
  }

  /** Does something that nobody waits for, when what was asked for before is done. */
  public void inBackground(Runnable work) {
    background.execute(work);
  }

  /** Works on a file, when what was asked for before is done; completes with the answer. */
  public CompletableFuture<ByteBuffer> onFile(FileAnswer.Work work) {
    return CompletableFuture.supplyAsync(() -> FileAnswer.to(work).bytes(), fileThread);
  }

  /** How long a task waits for the others. */
  public Patience patience() {
    return patience;
  }

  /**
   * Asks a process.
   *
   * @param message what is read until the future completes
   * @param reader reads the answer, in whatever thread it comes
   * @return completes when the answer was read; fails with {@link RunFailure}, as {@link
   *     LostShards} where the process is gone or does not hold what it is asked for
   */
  public CompletableFuture<Void> ask(
      ExecutorAddress address, ByteBuffer message, Consumer<ByteBuffer> reader) {
    try {
      if (isHere(address)) {
        return serve(message).thenAccept(reader);
      }
      return transport
          .send(address.host(), address.port(), message, reader::accept)
          .exceptionallyCompose(
              cause -> CompletableFuture.failedFuture(failure(address, unwrapped(cause))));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return CompletableFuture.failedFuture(failure(address, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(
          new LostShards("Cannot exchange shards: the thread was interrupted", e));
    }
  }

  /**
   * Asks a process for a value.
   *
   * @param reading makes it of the answer, in whatever thread that comes
   * @return fails as {@link #ask} does
   */
  public <T> CompletableFuture<T> askFor(
      ExecutorAddress address, ByteBuffer message, Function<ByteBuffer, T> reading) {
    AtomicReference<T> value = new AtomicReference<>();
    return ask(address, message, answer -> value.set(reading.apply(answer)))
        .thenApply(read -> value.get());
  }

  /**
   * Does what a message asks for.
   *
   * @throws LostShards if it is of a run that is unknown here, or no message at all
   */
  CompletableFuture<ByteBuffer> serve(ByteBuffer message) {
    return protocols.serve(message, this);
  }

  private static Throwable unwrapped(Throwable cause) {
    return cause instanceof CompletionException && cause.getCause() != null
        ? cause.getCause()
        : cause;
  }

  private CompletableFuture<ByteBuffer> receive(ByteBuffer message, SocketAddress from) {
    try {
      return serve(message);
    } catch (RunFailure e) {
      if (e.failure().kind() == Failure.Kind.REFUSED) {
        strangers.note(from, e);
      }
      throw e;
    }
  }

  private RuntimeException failure(ExecutorAddress address, Throwable cause) {
    if (cause instanceof RunFailure known) {
      return known;
    }
    if (cause instanceof IOException) {
      return LostShards.gone(address, cause);
    }
    if (cause instanceof OutOfMemoryError) {
      return new RunFailure(Failure.of(cause, executor()), cause);
    }
    return new IllegalStateException(
        "Executor %s refused: %s".formatted(address.executor(), cause.getMessage()), cause);
  }

  private void close() {
    transport.close();
    fileThread.shutdownNow();
    background.shutdownNow();
    runs.forgetAll();
  }
}
