package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
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
   * Has the owners, and their neighbours, keep the states of the shards at the end of a stretch.
   *
   * @throws LostShards if one is gone
   */
  public static void keep(Stretch stretch) {
    Exchange exchange = Exchange.ofProcess();
    join(
        stretch.owners().stream()
            .map(owner -> exchange.ask(owner, Request.keepAll(stretch.key()), nothing -> {}))
            .toList());
  }

  /** Whether one process, and not this one, keeps everything. */
  public static boolean areAlone(Stretch stretch) {
    return stretch.owners().size() == 1 && !Exchange.isHere(stretch.owner(0));
  }

  /** Where what was kept at the end of a stretch can be had. */
  public static Stretch.Kept kept(Stretch stretch) {
    ArrayList<StateSource> sources = new ArrayList<>();
    for (int shard = 0; shard < stretch.layout().shards(); shard++) {
      ExecutorAddress owner = stretch.owner(shard);
      sources.add(
          new StateSource(
              stretch.layout().start(shard),
              stretch.layout().size(shard),
              owner,
              stretch.neighbour(owner)));
    }
    return new Stretch.Kept(sources);
  }

  /**
   * The whole vector, parameters and optimiser state, as it was kept at the end of a stretch.
   *
   * @param length number of values of the vector
   * @throws LostShards if an owner and its neighbour are gone
   */
  public static FlatVector vector(Stretch stretch, UpdatePlan plan, int length) {
    return FlatVector.filled(
        length,
        vector ->
            eachOrKept(
                stretch,
                shard -> keptOf(stretch, shard),
                (shard, state) -> {
                  int start = stretch.layout().start(shard);
                  int size = stretch.layout().size(shard);
                  for (ShardOptimiser.Range range : ShardOptimiser.ranges(plan, start, size)) {
                    vector.put(range.start(), state, state.position(), range.length());
                    state.position(state.position() + range.length());
                  }
                }));
  }

  private static ByteBuffer keptOf(Stretch stretch, int shard) {
    ShardLayout layout = stretch.layout();
    return Request.keptPart(
        stretch.key().run(), stretch.end(), layout.start(shard), layout.size(shard));
  }

  /**
   * The parameters at the end of a stretch, masked ones included.
   *
   * @throws LostShards if an owner and its neighbour are gone
   */
  public static float[] parameters(Stretch stretch) {
    ShardLayout layout = stretch.layout();
    float[] parameters = new float[layout.length()];
    eachOrKept(
        stretch,
        shard -> Request.allParameters(stretch.key(), shard),
        (shard, values) -> values.get(parameters, layout.start(shard), layout.size(shard)));
    return parameters;
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

  /** Asks the owner of every shard. */
  private static void each(Stretch stretch, Asking asking, Taking taking) {
    join(
        IntStream.range(0, stretch.layout().shards())
            .mapToObj(shard -> ask(stretch.owner(shard), asking.of(shard), shard, taking))
            .toList());
  }

  /** Asks the owner of every shard or, if it is gone, its neighbour for the state that it keeps. */
  private static void eachOrKept(Stretch stretch, Asking asking, Taking taking) {
    join(
        IntStream.range(0, stretch.layout().shards())
            .mapToObj(
                shard ->
                    ask(stretch.owner(shard), asking.of(shard), shard, taking)
                        .exceptionallyCompose(
                            failure ->
                                LostShards.mayPass(failure)
                                    ? ask(
                                        stretch.neighbour(stretch.owner(shard)),
                                        keptOf(stretch, shard),
                                        shard,
                                        taking)
                                    : CompletableFuture.failedFuture(failure)))
            .toList());
  }

  private static CompletableFuture<Void> ask(
      ExecutorAddress whom, ByteBuffer message, int shard, Taking taking) {
    return Exchange.ofProcess()
        .ask(whom, message, answer -> taking.take(shard, FlatVector.floats(answer)));
  }

  private static void join(List<CompletableFuture<Void>> answers) {
    try {
      answers.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }
}
