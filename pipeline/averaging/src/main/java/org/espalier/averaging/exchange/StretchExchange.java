package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.replica.Replica;

/**
 * One task's end of a stretch: gathers the parameters of every step, and hands in the gradients of
 * its workers shard by shard. Used by one thread.
 */
public final class StretchExchange {
  private final Exchange exchange = Exchange.ofProcess();
  private final Stretch stretch;
  private final RunState run;
  private final StretchEntries entries;
  private final ProcessGradients gradients;
  private final Outbox outbox;
  private final float[] values;
  private final float[] travelling;

  /**
   * Joins a stretch, once all of its tasks are there.
   *
   * @param first the first of the workers that the task carries
   * @param count how many it carries
   * @throws LostShards if an owner is gone, or another task's end of the stretch is
   * @throws IllegalStateException if the other tasks do not come in time
   */
  public StretchExchange(Stretch stretch, int first, int count) {
    this.stretch = stretch;
    exchange.admit(stretch.key().run());
    this.run = exchange.run(stretch.key().run());
    this.entries = run.entries(stretch);
    this.outbox = new Outbox(exchange, run);
    this.values = new float[stretch.layout().longest()];
    this.travelling = new float[values.length];
    boolean[] here = callRoll(new WorkerRange(first, first + count));
    this.gradients =
        run.processGradients(
            stretch.key(), () -> new ProcessGradients(stretch, entries, here, run));
  }

  /** Which of all workers this process carries. */
  private boolean[] callRoll(WorkerRange workers) {
    boolean[] here = new boolean[stretch.workers()];
    long own = exchange.address().process();
    CompletableFuture<Void> heard =
        exchange.ask(
            stretch.owner(0),
            Request.rollCall(stretch.key(), own, workers),
            places -> {
              for (int worker = 0; worker < here.length; worker++) {
                here[worker] = places.getLong() == own;
              }
            });
    exchange.patience().await(heard, "the other tasks of the stretch to begin");
    return here;
  }

  /**
   * The parameters after so many steps, masked ones zero; valid until those of the next step are
   * asked for.
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
      Pieces handedIn = gradient(replica, weight, shard, step);
      if (Exchange.isHere(stretch.owner(shard))) {
        WorkerRange workers = WorkerRange.of(worker);
        run.gradients()
            .add(new GradientHeader(stretch.key(), step, shard, workers, weight), handedIn);
      } else {
        Optional<PartialMean> mean = gradients.add(shard, step, worker, weight, handedIn);
        bytes += mean.isPresent() ? send(mean.get(), shard, step) : 0;
      }
    }
    return bytes;
  }

  private Pieces gradient(Replica replica, long weight, int shard, long step) {
    if (weight == 0) {
      return Pieces.of(FloatBuffer.allocate(0));
    }
    int start = stretch.layout().start(shard);
    int size = stretch.layout().size(shard);
    ShardBits bits = entries.up(shard, step);
    if (bits.all()) {
      return new GradientPieces(replica, start, size);
    }
    replica.readGradient(start, values, size);
    FloatBuffer kept = FloatBuffer.wrap(travelling);
    bits.gather(values, kept);
    return Pieces.of(kept.flip());
  }

  /** The gradient of all parameters in a range, where the replica has it. */
  private record GradientPieces(Replica replica, int start, int length) implements Pieces {
    @Override
    public void read(int from, float[] target, int count) {
      replica.readGradient(start + from, target, count);
    }
  }

  private long send(PartialMean mean, int shard, long step) {
    int count = mean.weight() == 0 ? 0 : entries.up(shard, step).set();
    ByteBuffer message =
        mean.weight() == 0 ? run.buffer(PartialMean.room(entries.most(step))) : mean.message();
    message.clear();
    Request.gradient(
        new GradientHeader(stretch.key(), step, shard, mean.workers(), mean.weight()), message);
    message.position(0).limit(PartialMean.room(count));
    outbox.send(stretch.owner(shard), message);
    return PartialMean.room(count);
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
    EndedStretch reason = EndedStretch.by(failure);
    stretch
        .owners()
        .forEach(
            owner -> {
              var unused = exchange.ask(owner, Request.end(stretch.key(), reason), answer -> {});
            });
  }
}
