package org.espalier.averaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.exchange.ShardLayout;
import org.espalier.averaging.exchange.ShardOwners;
import org.espalier.averaging.exchange.ShardedNetwork;
import org.espalier.averaging.exchange.Stretch;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;

/**
 * Averages gradients after every step: a round is a stretch of steps, one Spark job whose tasks run
 * at the same time and exchange among themselves. The executor that owns a shard of the parameters
 * keeps what the optimiser remembers of it and takes the optimiser's steps; the driver fetches
 * parameters and state when the stretch is done. Neither the cut into stretches nor who owns what
 * shows in the result.
 *
 * <p>When an executor has come or gone, or the driver has another vector than the owners, it sends
 * the vector; a stretch that lost shards is run again from its beginning, to the same bits.
 */
final class StretchRunner implements Synchronisation {
  private final RunExecutors executors;
  private final UpdatePlan plan;
  private final LongPredicate wantsGradient;
  private final Broadcast<ShardedNetwork> network;
  private ShardLayout layout;

  /** The vector of which the owners hold their shards, or null. */
  private FlatVector held;

  /**
   * @param wantsGradient whether the averaged gradient of the step that ends after so many steps is
   *     wanted whole
   */
  StretchRunner(RunExecutors executors, UpdatePlan plan, LongPredicate wantsGradient) {
    this.executors = executors;
    this.plan = plan;
    this.wantsGradient = wantsGradient;
    RunSpec run = executors.run();
    this.network =
        executors.spark().broadcast(new ShardedNetwork(plan, run.vector(), run.tensors()));
  }

  @Override
  public RoundResult run(Round round, FlatVector state, MaskSet masks) {
    return executors.tried(
        round,
        number -> {
          if (number > 0) {
            held = null;
          }
          return attempt(round, number, state, masks);
        });
  }

  private RoundResult attempt(Round round, int number, FlatVector state, MaskSet masks) {
    long start = System.nanoTime();
    long sentBytes = executors.send(masks);
    if (layout == null || number > 0 || executors.changed()) {
      executors.find(WorkerData::neighbours);
      held = null;
      layout =
          ShardLayout.ofParameters(
              executors.run().vector(), executors.addresses().size(), executors.tasks());
    }
    Optional<Broadcast<FlatVector>> sent =
        held == state ? Optional.empty() : Optional.of(executors.spark().broadcast(state));
    Stretch stretch = stretch(round, number, sent.orElse(null));
    try {
      ShardOwners.begin(stretch);
      double sendSeconds = seconds(start);
      StretchTask task = new StretchTask(stretch, executors.sentRun(), executors.trusted());
      List<WorkerReport> reports = executors.withSlots(() -> executors.run(task));
      long trained = System.nanoTime();
      FlatVector end = ShardOwners.vector(stretch, plan, executors.run().vector().length());
      Optional<float[]> gradient =
          stretch.wholeGradient()
              ? Optional.of(ShardOwners.wholeGradient(stretch))
              : Optional.empty();
      held = end;
      return new RoundResult(
          end,
          gradient,
          reports,
          new RoundResult.DriverCosts(
              sendSeconds,
              seconds(trained),
              sentBytes + (long) end.length() * Float.BYTES,
              number));
    } finally {
      sent.ifPresent(Broadcast::destroy);
    }
  }

  private Stretch stretch(Round round, int number, Broadcast<FlatVector> initial) {
    return new Stretch(
        executors.key(round, number),
        layout,
        new ArrayList<>(executors.addresses()),
        executors.data().workers(),
        round.firstStep(),
        round.steps(),
        wantsGradient.test(round.end()),
        network,
        executors.masks(),
        executors.maskHash(),
        initial);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  @Override
  public void close() {
    executors.close();
    network.destroy();
  }
}
