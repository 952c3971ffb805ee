package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.Outbox;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.replica.Replica;

/**
 * One task's end of a stretch: gathers the parameters of every step, and hands in the gradients of
 * its workers shard by shard. Used by one thread.
 */
public final class StretchExchange {
  private final Exchange exchange = Exchange.ofProcess();
  private final Stretch stretch;
  private final GradientRun run;
  private final StretchEntries entries;
  private final List<ExecutorAddress> counterparts;
  private final MergedGradients gradients;
  private final Outbox outbox;

  /**
   * Joins a stretch, once all of its tasks are there.
   *
   * @param first the first of the workers that the task carries
   * @param count how many it carries
   * @throws LostShards if an owner is gone, or another task's end of the stretch is
   * @throws RunFailure if the other tasks do not come in time, or one has failed
   */
  public StretchExchange(Stretch stretch, int first, int count) {
    this.stretch = stretch;
    exchange.admit(stretch.key().run());
    this.run = GradientRun.of(exchange, stretch.key().run());
    this.entries = run.entries(stretch);
    this.outbox = new Outbox(exchange, run.buffers());
    this.counterparts = stretch.counterparts(exchange.address());
    long[] places = callRoll(new WorkerRange(first, first + count));
    BitSet here = carried(places, List.of(exchange.address()));
    this.gradients =
        run.processGradients(stretch.key(), () -> new MergedGradients(stretch, entries, here, run));
    callOnRelays(places);
  }

  /** The process that carries each of all workers. */
  private long[] callRoll(WorkerRange workers) {
    long[] places = new long[stretch.workers()];
    CompletableFuture<Void> heard =
        exchange.ask(
            stretch.owner(0),
            GradientRequest.rollCall(stretch.key(), exchange.address().process(), workers),
            answer -> answer.asLongBuffer().get(places));
    exchange.patience().await(heard, "the other tasks of the stretch to begin");
    return places;
  }

  /** The workers that some processes carry. */
  private static BitSet carried(long[] places, List<ExecutorAddress> processes) {
    Set<Long> numbers =
        processes.stream().map(ExecutorAddress::process).collect(Collectors.toSet());
    return IntStream.range(0, places.length)
        .filter(worker -> numbers.contains(places[worker]))
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  private void callOnRelays(long[] places) {
    ExecutorAddress own = exchange.address();
    ByteBuffer message = GradientRequest.group(stretch.key(), carried(places, stretch.group(own)));
    IntStream.range(0, stretch.layout().shards())
        .filter(shard -> !counterparts.get(shard).equals(stretch.owner(shard)))
        .mapToObj(counterparts::get)
        .distinct()
        .map(relay -> exchange.ask(relay, message.duplicate(), nothing -> {}))
        .toList()
        .forEach(heard -> exchange.patience().await(heard, "a relay to begin"));
  }

  /**
   * The parameters after so many steps that no mask leaves out, in their order; valid until those
   * of the next step are asked for.
   *
   * @throws LostShards if an owner is gone, or another task's end of the stretch is
   */
  public FloatBuffer parameters(long step) {
    return exchange
        .patience()
        .await(
            run.parameters().at(stretch, step, entries, exchange),
            "the parameters of step " + step);
  }

  /** Bytes of parameters that came from other processes and were not told before. */
  public long takeBytesDown() {
    return run.parameters().takeBytes();
  }

  /** Hears that a task has computed its last gradient of a step. */
  public void computed(long step) {
    gradients.firstDone().heard(step, 0);
  }

  /**
   * Hands in the gradient that a replica computed.
   *
   * @param weight examples or tokens that it is the mean over
   * @param step number of steps before this one
   * @return bytes that left the process
   * @throws LostShards if an owner is gone
   */
  public long send(int worker, long weight, Replica replica, long step) {
    int shards = stretch.layout().shards();
    int first = Math.floorMod((int) ((long) worker * shards / stretch.workers()), shards);
    long bytes = 0;
    for (int i = 0; i < shards; i++) {
      int shard = (first + i) % shards;
      bytes += send(worker, weight, gradient(replica, weight, shard, step), shard, step);
    }
    return bytes;
  }

  private long send(int worker, long weight, Pieces handedIn, int shard, long step) {
    long firstDone = gradients.firstDone().ago(step);
    GradientHeader header =
        new GradientHeader(stretch.key(), step, shard, WorkerRange.of(worker), weight, firstDone);
    if (Exchange.isHere(stretch.owner(shard))) {
      run.gradients().add(header, handedIn);
      return 0;
    }
    Optional<ByteBuffer> leaving = gradients.add(header, handedIn);
    if (leaving.isEmpty()) {
      return 0;
    }
    ExecutorAddress counterpart = counterparts.get(shard);
    long bytes = Exchange.isHere(counterpart) ? 0 : leaving.get().remaining();
    outbox.send(counterpart, leaving.get());
    return bytes;
  }

  private Pieces gradient(Replica replica, long weight, int shard, long step) {
    if (weight == 0) {
      return Pieces.of(FloatBuffer.allocate(0));
    }
    ShardBits bits = entries.up(shard, step);
    return bits.all()
        ? new WholeGradient(replica, stretch.layout().start(shard), bits.size())
        : new KeptGradient(replica, entries.start(shard), bits.set());
  }

  /** The gradient of all parameters in a range, where the replica has it. */
  private record WholeGradient(Replica replica, int start, int length) implements Pieces {
    @Override
    public void read(int from, float[] target, int count) {
      replica.readGradient(start + from, target, count);
    }
  }

  /** The gradient of some of the parameters that no mask leaves out, where the replica has it. */
  private record KeptGradient(Replica replica, int start, int length) implements Pieces {
    @Override
    public void read(int from, float[] target, int count) {
      replica.readKeptGradient(start + from, target, count);
    }
  }

  /**
   * Waits until everything is taken.
   *
   * @throws LostShards if something could not be
   */
  public void drain() {
    outbox.drain();
  }

  /** Ends a stretch for all of its tasks, because one of them failed. */
  public static void end(Stretch stretch, Throwable failure) {
    Exchange exchange = Exchange.ofProcess();
    Failure reason = Failure.of(failure, exchange.executor());
    stretch
        .owners()
        .forEach(
            owner -> {
              var unused =
                  exchange.ask(owner, GradientRequest.end(stretch.key(), reason), answer -> {});
            });
  }
}
