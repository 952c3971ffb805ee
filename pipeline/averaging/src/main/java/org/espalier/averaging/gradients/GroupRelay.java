package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.engine.kernel.Pieces;

/**
 * The relay of a group for shards whose owners are in other groups: it sends on one mean where the
 * group hands in many, and fetches parameters once for all who ask. Of one stretch. Thread-safe.
 */
final class GroupRelay {
  private static final CompletableFuture<ByteBuffer> NOTHING =
      CompletableFuture.completedFuture(ByteBuffer.allocate(0));

  /**
   * The parameters of a shard in the newest step that was asked for, and in the step before, for
   * which slower members ask while the faster ones wait for the newest.
   */
  private static final class Shard {
    private final Answers answers = new Answers();
    private long step = -1;
    private CompletableFuture<ByteBuffer> parameters = NOTHING;
    private CompletableFuture<ByteBuffer> before = NOTHING;
  }

  private final Stretch stretch;
  private final StretchEntries entries;
  private final MergedGradients gradients;
  private final GradientRun run;
  private final Exchange exchange;
  private final Shard[] shards;
  private final AtomicLong bytesUp = new AtomicLong();
  private final AtomicLong bytesDown = new AtomicLong();

  /**
   * @param group the workers of the group
   */
  GroupRelay(Stretch stretch, BitSet group, GradientRun run, Exchange exchange) {
    this.stretch = stretch;
    this.entries = run.entries(stretch);
    this.gradients = new MergedGradients(stretch, entries, group, run);
    this.run = run;
    this.exchange = exchange;
    this.shards = new Shard[stretch.layout().shards()];
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] = new Shard();
    }
  }

  RoundKey key() {
    return stretch.key();
  }

  /**
   * Adds the mean gradient of some workers of the group.
   *
   * @return completes when what had to go on was taken
   */
  CompletableFuture<ByteBuffer> add(GradientHeader header, Pieces values) {
    FirstDone first = gradients.firstDone();
    first.heard(header.step(), header.firstDone());
    Optional<ByteBuffer> leaving =
        gradients.add(header.withFirstDone(first.ago(header.step())), values);
    if (leaving.isEmpty()) {
      return NOTHING;
    }
    ByteBuffer message = leaving.get();
    bytesUp.addAndGet(message.remaining());
    return exchange
        .ask(stretch.owner(header.shard()), message, nothing -> {})
        .thenCompose(
            taken -> {
              run.buffers().recycle(message);
              return NOTHING;
            });
  }

  /** The kept parameters of a shard after so many steps, when its owner has done these. */
  CompletableFuture<ByteBuffer> parametersAt(int shard, long step) {
    Shard of = shards[shard];
    synchronized (of) {
      if (step == of.step - 1) {
        return of.before.thenApply(ByteBuffer::duplicate);
      }
      if (step < of.step) {
        throw new LostShards(
            "Cannot take part in step %d of %s: the group has gone on to step %d"
                .formatted(step, key(), of.step));
      }
      if (step > of.step) {
        of.step = step;
        of.before = of.parameters;
        of.parameters = fetched(of, shard, step);
      }
      return of.parameters.thenApply(ByteBuffer::duplicate);
    }
  }

  private CompletableFuture<ByteBuffer> fetched(Shard of, int shard, long step) {
    ByteBuffer kept = of.answers.next(entries.down(shard).set() * Float.BYTES);
    bytesDown.addAndGet(kept.remaining());
    return exchange
        .ask(
            stretch.owner(shard),
            GradientRequest.parameters(key(), shard, step),
            answer -> kept.duplicate().put(answer))
        .thenApply(done -> kept);
  }

  /** Bytes of gradients that went on from here. */
  long bytesUp() {
    return bytesUp.get();
  }

  /** Bytes of parameters that were fetched for the group. */
  long bytesDown() {
    return bytesDown.get();
  }
}
