package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;

/** The driver's word with the owners of a stretch's shards, before it and after it. */
public final class ShardOwners {
  private ShardOwners() {}

  /**
   * Begins a stretch at all owners.
   *
   * @throws LostShards if one is gone, or does not hold what it should
   */
  public static void begin(Stretch stretch) {
    Exchange exchange = Exchange.ofProcess();
    ByteBuffer message = Request.begin(stretch.key().run(), exchange.serialised(stretch));
    join(
        stretch.owners().stream()
            .map(owner -> exchange.ask(owner, message.duplicate(), nothing -> {}))
            .toList());
  }

  /**
   * The whole vector, parameters and optimiser state, after the last step of a stretch.
   *
   * @param length number of values of the vector
   * @throws LostShards if an owner is gone
   */
  public static FlatVector vector(Stretch stretch, UpdatePlan plan, int length) {
    return FlatVector.filled(
        length,
        vector ->
            each(
                stretch,
                shard -> Request.state(stretch.key(), shard),
                (shard, state) -> {
                  int start = stretch.layout().start(shard);
                  int size = stretch.layout().size(shard);
                  for (ShardOptimiser.Range range : ShardOptimiser.ranges(plan, start, size)) {
                    vector.put(range.start(), state, state.position(), range.length());
                    state.position(state.position() + range.length());
                  }
                }));
  }

  /**
   * The averaged gradient of a stretch's last step, that of masked weights included.
   *
   * @throws LostShards if an owner is gone
   */
  public static float[] wholeGradient(Stretch stretch) {
    float[] gradient = new float[stretch.layout().length()];
    each(
        stretch,
        shard -> Request.wholeGradient(stretch.key(), shard),
        (shard, values) -> values.get(gradient, stretch.layout().start(shard), values.remaining()));
    return gradient;
  }

  /** Asks for something of a shard. */
  private interface Asking {
    ByteBuffer of(int shard);
  }

  /** Takes the answer. */
  private interface Taking {
    void take(int shard, FloatBuffer values);
  }

  private static void each(Stretch stretch, Asking asking, Taking taking) {
    Exchange exchange = Exchange.ofProcess();
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int shard = 0; shard < stretch.layout().shards(); shard++) {
      int number = shard;
      answers.add(
          exchange.ask(
              stretch.owner(shard),
              asking.of(shard),
              answer -> taking.take(number, FlatVector.floats(answer))));
    }
    join(answers);
  }

  private static void join(List<CompletableFuture<Void>> answers) {
    try {
      answers.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }
}
