package org.espalier.averaging.parameters;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.Outbox;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;

/**
 * The reduce-scatter of one task: the vectors of its workers go to the owners shard by shard, while
 * the next worker already trains. Used by one thread.
 */
public final class ReduceScatter {
  /** Bytes of a message's headers at most, without the shard's bits and moments. */
  private static final int HEADERS = 1 << 12;

  private final RoundShards cut;
  private final ParameterRun run;
  private final Outbox outbox;
  private final float[] values;
  private final List<ShardBits> bits;

  /** The reduce-scatter of a task in a round of these shards. */
  public ReduceScatter(RoundShards cut) {
    this.cut = cut;
    Exchange exchange = Exchange.ofProcess();
    this.run = ParameterRun.of(exchange, cut.key().run());
    this.outbox = new Outbox(exchange, run.buffers());
    this.values = new float[cut.layout().longest()];
    this.bits = IntStream.range(0, cut.layout().shards()).mapToObj(cut::bits).toList();
  }

  /**
   * Hands in what a worker's replica holds.
   *
   * @param weight examples or tokens that the worker trained on
   * @param before the vector that the round began with
   * @return bytes handed on
   * @throws LostShards if an owner cannot be reached
   */
  public long send(int worker, long weight, Replica replica, FloatBuffer before) {
    long bytes = 0;
    for (int shard = 0; shard < cut.layout().shards(); shard++) {
      ByteBuffer message = message(worker, weight, replica, before, shard);
      bytes += message.remaining();
      outbox.send(cut.owner(shard), message);
    }
    return bytes;
  }

  /**
   * Waits until everything is taken.
   *
   * @throws LostShards if something could not
   */
  public void drain() {
    outbox.drain();
  }

  private ByteBuffer message(
      int worker, long weight, Replica replica, FloatBuffer before, int shard) {
    ShardLayout layout = cut.layout();
    int start = layout.start(shard);
    int size = layout.size(shard);
    ShardBits bits = this.bits.get(shard);
    if (!bits.all()) {
      replica.read(start, FloatBuffer.wrap(values, 0, size));
    }
    Optional<ShardHeader> shared =
        worker == 0
            ? Optional.of(shared(shard, bits, before.slice(start, size)))
            : Optional.empty();
    ByteBuffer message = run.buffers().take(room(layout.longest()));
    ParameterRequest.add(
        new ContributionHeader(cut.key(), shard, size, cut.workers(), worker, weight, shared),
        message);
    if (weight > 0) {
      FloatBuffer travelling = FlatVector.floats(message.slice()).limit(bits.set());
      message.position(message.position() + bits.set() * Float.BYTES);
      if (bits.all()) {
        replica.read(start, travelling);
      } else {
        bits.gather(values, travelling);
      }
    }
    return message.flip();
  }

  private int room(int size) {
    int moments = cut.vector().moments().size() * ShardHeader.MOMENTS;
    return HEADERS + moments + size / Byte.SIZE + size * Float.BYTES;
  }

  private ShardHeader shared(int shard, ShardBits bits, FloatBuffer before) {
    boolean sent = cut.source() == RoundShards.Source.DRIVER;
    if (bits.all() || (!sent && bits.sameOthers(values, before))) {
      return new ShardHeader(bits, cut.layout().moments(cut.vector(), shard), Optional.empty());
    }
    FloatBuffer changed = FloatBuffer.allocate(bits.size() - bits.set());
    bits.gatherOthers(values, changed);
    return new ShardHeader(
        bits, cut.layout().moments(cut.vector(), shard), Optional.of(changed.flip()));
  }
}
