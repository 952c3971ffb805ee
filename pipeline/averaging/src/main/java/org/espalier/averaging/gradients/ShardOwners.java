package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.averaging.shards.ShardLayout;
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
    ByteBuffer message = GradientRequest.begin(stretch.key().run(), exchange.serialised(stretch));
    join(
        stretch.owners().stream()
            .map(owner -> exchange.ask(owner, message.duplicate(), nothing -> {}))
            .toList());
  }

  /**
   * Has the owners, and their neighbours, keep the states of the shards at the end of a stretch.
   *
   * @return what each owner says of the stretch
   * @throws LostShards if one is gone
   */
  public static List<OwnerReport> keep(Stretch stretch) {
    Exchange exchange = Exchange.ofProcess();
    return join(
        stretch.owners().stream()
            .map(
                owner ->
                    exchange.askFor(
                        owner, GradientRequest.keepAll(stretch.key()), OwnerReport::read))
            .toList());
  }

  /** Whether one process, and not this one, keeps everything. */
  public static boolean areAlone(Stretch stretch) {
    return stretch.owners().size() == 1 && !Exchange.isHere(stretch.owner(0));
  }

  /** Where what was kept at the end of a stretch can be had. */
  public static Stretch.Kept kept(Stretch stretch) {
    return new Stretch.Kept(
        new ArrayList<>(
            IntStream.range(0, stretch.layout().shards())
                .mapToObj(shard -> source(stretch, shard))
                .toList()));
  }

  /**
   * Checks that what was kept at the end of a stretch can be had.
   *
   * @throws RunFailure if a shard's owner and its neighbour are both gone
   */
  public static void requireKept(Stretch stretch) {
    each(
        stretch,
        (of, shard, taking) -> {
          StateSource source = source(of, shard);
          return source.ask(
              Exchange.ofProcess(), of.key().run(), of.end(), source.start(), 1, one -> {});
        },
        (shard, values) -> {});
  }

  private static StateSource source(Stretch stretch, int shard) {
    ShardLayout layout = stretch.layout();
    ExecutorAddress owner = stretch.owner(shard);
    return new StateSource(
        layout.start(shard), layout.size(shard), owner, stretch.neighbour(owner));
  }

  private static CompletableFuture<Void> askKept(Stretch stretch, int shard, Taking taking) {
    StateSource source = source(stretch, shard);
    return source.ask(
        Exchange.ofProcess(),
        stretch.key().run(),
        stretch.end(),
        source.start(),
        source.length(),
        values -> taking.take(shard, FlatVector.floats(values)));
  }

  /**
   * The whole vector, parameters and optimiser state, as it was kept at the end of a stretch.
   *
   * @param length number of values of the vector
   * @throws RunFailure if an owner and its neighbour are gone
   */
  public static FlatVector vector(Stretch stretch, UpdatePlan plan, int length) {
    return FlatVector.filled(
        length,
        vector ->
            each(
                stretch,
                ShardOwners::askKept,
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
   * The parameters at the end of a stretch, masked ones included.
   *
   * @throws RunFailure if an owner and its neighbour are gone
   */
  public static float[] parameters(Stretch stretch) {
    ShardLayout layout = stretch.layout();
    float[] parameters = new float[layout.length()];
    each(
        stretch,
        (of, shard, taking) ->
            ask(of, GradientRequest.allParameters(of.key(), shard), shard, taking)
                .exceptionallyComposeAsync(gone -> askKept(of, shard, taking)),
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
        (of, shard, taking) ->
            ask(of, GradientRequest.wholeGradient(of.key(), shard), shard, taking),
        (shard, values) -> values.get(gradient, stretch.layout().start(shard), values.remaining()));
    return gradient;
  }

  /** Asks for something of a shard. */
  private interface Asking {
    CompletableFuture<Void> of(Stretch stretch, int shard, Taking taking);
  }

  /** Takes the answer. */
  private interface Taking {
    void take(int shard, FloatBuffer values);
  }

  private static void each(Stretch stretch, Asking asking, Taking taking) {
    join(
        IntStream.range(0, stretch.layout().shards())
            .mapToObj(shard -> asking.of(stretch, shard, taking))
            .toList());
  }

  private static CompletableFuture<Void> ask(
      Stretch stretch, ByteBuffer message, int shard, Taking taking) {
    return Exchange.ofProcess()
        .ask(
            stretch.owner(shard), message, answer -> taking.take(shard, FlatVector.floats(answer)));
  }

  private static <T> List<T> join(List<CompletableFuture<T>> answers) {
    try {
      List<T> joined = new ArrayList<>();
      answers.forEach(answer -> joined.add(answer.join()));
      return joined;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }
}
