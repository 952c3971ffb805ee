package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.optimiser.UpdatePlan;

/** The shards of one run's gradients that this process owns. Thread-safe. */
final class GradientShards {
  private RoundKey key;
  private Stretch current;
  private Map<Integer, GradientShard> shards = Map.of();

  /**
   * Begins a stretch.
   *
   * @param run of which these are the shards
   * @return completes when they are ready; fails with {@link RunFailure} if they are not to be had
   * @throws LostShards if a later try has begun, or the shards are not here that should be
   */
  synchronized CompletableFuture<Void> begin(Stretch stretch, GradientRun run, Exchange exchange) {
    if (key != null && key.isAfter(stretch.key())) {
      throw new LostShards("Cannot begin %s: %s has begun".formatted(stretch.key(), key));
    }
    Phase.BEGIN.begins(stretch.firstStep());
    List<Integer> owned = stretch.shardsOf(exchange.address());
    if (stretch.begins() instanceof Stretch.Held) {
      if (shards.size() != owned.size()) {
        throw new LostShards("Cannot begin %s: its shards are not here".formatted(stretch.key()));
      }
      run.kept().dropOthers(stretch.firstStep());
      return begun(stretch, run);
    }
    close();
    Map<Integer, GradientShard> made = new HashMap<>();
    owned.forEach(shard -> made.put(shard, new GradientShard(stretch, shard, run)));
    shards = made;
    if (stretch.begins() instanceof Stretch.Sent sent) {
      made.values().forEach(shard -> shard.load(sent.vector().value().values()));
      made.values().forEach(GradientShard::keep);
      return begun(stretch, run);
    }
    return loaded(stretch, made.values(), exchange).thenCompose(all -> begun(stretch, run));
  }

  private static CompletableFuture<Void> loaded(
      Stretch stretch, Iterable<GradientShard> made, Exchange exchange) {
    List<CompletableFuture<Void>> parts = new ArrayList<>();
    for (GradientShard shard : made) {
      for (StateSource source : ((Stretch.Kept) stretch.begins()).sources()) {
        int from = Math.max(shard.start(), source.start());
        int end = Math.min(shard.end(), source.start() + source.length());
        if (from < end) {
          parts.add(
              source.ask(
                  exchange,
                  stretch.key().run(),
                  stretch.firstStep(),
                  from,
                  end - from,
                  values -> shard.load(from, end - from, values)));
        }
      }
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
  }

  private synchronized CompletableFuture<Void> begun(Stretch stretch, GradientRun run) {
    key = stretch.key();
    current = stretch;
    StretchEntries entries = run.entries(stretch);
    shards.values().forEach(shard -> shard.begin(stretch, entries));
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Keeps the states of the shards as they are at the end of a stretch, here and at the neighbour.
   *
   * @return completes when both have them
   * @throws LostShards if another stretch is under way
   */
  CompletableFuture<Void> keep(RoundKey of, Exchange exchange) {
    Stretch stretch;
    Map<Integer, GradientShard> own;
    synchronized (this) {
      requireUnderWay(of);
      stretch = current;
      own = shards;
    }
    Phase.KEEP.begins(stretch.end());
    ExecutorAddress neighbour = stretch.neighbour(exchange.address());
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    List<ShardState> states = own.values().parallelStream().map(GradientShard::keep).toList();
    if (!Exchange.isHere(neighbour)) {
      for (ShardState state : states) {
        sent.add(exchange.ask(neighbour, GradientRequest.keep(of.run(), state), nothing -> {}));
      }
    }
    return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
  }

  void add(GradientHeader header, Pieces values) {
    shard(header.key(), header.shard()).add(header, values);
  }

  CompletableFuture<ByteBuffer> parametersAt(RoundKey of, int shard, long step) {
    return shard(of, shard).parametersAt(step);
  }

  /**
   * How the parameters of the run are updated.
   *
   * @throws LostShards if no stretch of it has begun here
   */
  synchronized UpdatePlan plan() {
    if (current == null) {
      throw new LostShards("Cannot give a kept state: no stretch of the run has begun here");
    }
    return current.network().value().plan();
  }

  /**
   * Whether a shard is owned here.
   *
   * @throws LostShards if another stretch is under way
   */
  synchronized boolean owns(RoundKey of, int shard) {
    requireUnderWay(of);
    return shards.containsKey(shard);
  }

  /**
   * The stretch that is under way.
   *
   * @throws LostShards if it is another
   */
  synchronized Stretch underWay(RoundKey of) {
    requireUnderWay(of);
    return current;
  }

  /** What the steps of a stretch took the shards that are owned here. */
  synchronized StepTimes times(RoundKey of) {
    requireUnderWay(of);
    return StepTimes.of(shards.values().stream().map(GradientShard::times).toList());
  }

  ByteBuffer allParameters(RoundKey of, int shard) {
    return shard(of, shard).allParameters();
  }

  ByteBuffer wholeGradient(RoundKey of, int shard) {
    return shard(of, shard).wholeGradient();
  }

  private synchronized GradientShard shard(RoundKey of, int number) {
    requireUnderWay(of);
    GradientShard shard = shards.get(number);
    if (shard == null) {
      throw new LostShards("Cannot find shard %d of %s: it is not here".formatted(number, of));
    }
    return shard;
  }

  private void requireUnderWay(RoundKey of) {
    if (!of.equals(key)) {
      throw new LostShards("Cannot take part in %s: %s is under way".formatted(of, key));
    }
  }

  /** Ends a stretch for a reason; one that is over already is left alone. */
  void end(RoundKey of, RuntimeException reason) {
    Map<Integer, GradientShard> ended;
    synchronized (this) {
      ended = of.equals(key) ? shards : Map.of();
    }
    ended.values().forEach(shard -> shard.end(reason));
  }

  synchronized void close() {
    shards.values().forEach(GradientShard::close);
    shards = Map.of();
  }
}
