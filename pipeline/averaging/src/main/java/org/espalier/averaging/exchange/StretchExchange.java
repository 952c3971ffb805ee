package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;

/**
 * One task's end of a stretch: gathers the parameters of every step, and hands in the gradients of
 * its workers shard by shard, while the next worker already computes. Used by one thread.
 */
public final class StretchExchange {
  private static final int UNDER_WAY = 8;
  private static final int HEADER = 1 + GradientHeader.BYTES;

  private record Message(ByteBuffer buffer, CompletableFuture<Void> taken) {}

  private final Exchange exchange = Exchange.ofProcess();
  private final Stretch stretch;
  private final RunState run;
  private final TravellingEntries kept;
  private final ShardBits[] bits;
  private final long patienceMillis;
  private final Deque<Message> underWay = new ArrayDeque<>();
  private final float[] values;

  /** The task's end of this stretch. */
  public StretchExchange(Stretch stretch) {
    this.stretch = stretch;
    exchange.admit(stretch.key().run());
    this.run = exchange.run(stretch.key().run());
    this.kept = run.travelling(stretch.maskHash(), stretch::kept);
    this.bits = new ShardBits[stretch.layout().shards()];
    this.patienceMillis = exchange.patience();
    this.values = new float[stretch.layout().longest()];
  }

  /**
   * The parameters after so many steps, masked ones zero; valid until those of the next step are
   * asked for.
   *
   * @throws LostShards if an owner is gone, or another task's end of the stretch is
   */
  public FloatBuffer parameters(long step) {
    return await(
        run.parameters().at(stretch, step, kept, exchange), "the parameters of step " + step);
  }

  /**
   * Hands in the gradient that a replica computed.
   *
   * @param weight examples or tokens that it is the mean over
   * @param step number of steps before this one
   * @return bytes handed in
   * @throws LostShards if an owner is gone
   */
  public long send(int worker, long weight, Replica replica, long step) {
    int shards = stretch.layout().shards();
    int first = Math.floorMod((int) ((long) worker * shards / stretch.workers()), shards);
    long bytes = 0;
    for (int i = 0; i < shards; i++) {
      if (underWay.size() == UNDER_WAY) {
        awaitOldest();
      }
      int shard = (first + i) % shards;
      GradientHeader header = new GradientHeader(stretch.key(), step, shard, worker, weight);
      ByteBuffer message = message(header, replica);
      bytes += message.remaining();
      underWay.add(
          new Message(message, exchange.ask(stretch.owner(shard), message, nothing -> {})));
    }
    return bytes;
  }

  private ByteBuffer message(GradientHeader header, Replica replica) {
    ShardLayout layout = stretch.layout();
    ByteBuffer message = run.buffer(HEADER + layout.longest() * Float.BYTES);
    Request.gradient(header, message);
    if (header.weight() > 0) {
      ShardBits bits = bits(header.shard(), header.step());
      replica.readGradient(layout.start(header.shard()), values, layout.size(header.shard()));
      bits.gather(values, FlatVector.floats(message.slice()));
      message.position(message.position() + bits.set() * Float.BYTES);
    }
    return message.flip();
  }

  /** The entries that are handed in, the same in all steps but perhaps the last. */
  private ShardBits bits(int shard, long step) {
    if (step == stretch.end() - 1) {
      return stretch.up(shard, step, kept);
    }
    if (bits[shard] == null) {
      bits[shard] = stretch.up(shard, step, kept);
    }
    return bits[shard];
  }

  /**
   * Waits until everything is taken.
   *
   * @throws LostShards if something could not be
   */
  public void drain() {
    while (!underWay.isEmpty()) {
      awaitOldest();
    }
  }

  private void awaitOldest() {
    Message message = underWay.remove();
    await(message.taken(), "an owner to take a gradient");
    run.recycle(message.buffer());
  }

  private <T> T await(CompletableFuture<T> future, String what) {
    try {
      return future.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Cannot go on: after %d s of waiting for %s, not all tasks of the stretch have come as far; see whether the cluster runs them all at once, or raise %s."
              .formatted(patienceMillis / 1000, what, Exchange.TIMEOUT),
          e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LostShards("Cannot go on: the task was interrupted", e);
    }
  }

  private static RuntimeException unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  /** Ends the stretch for all of its tasks, because this one failed. */
  public void end(Throwable failure) {
    EndedStretch reason = EndedStretch.by(failure);
    stretch
        .owners()
        .forEach(
            owner -> {
              var unused = exchange.ask(owner, Request.end(stretch.key(), reason), answer -> {});
            });
  }
}
