package org.espalier.averaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.checkpoint.FolderProbe;
import org.espalier.averaging.checkpoint.HeldShards;
import org.espalier.averaging.gradients.Groups;
import org.espalier.averaging.gradients.OwnerReport;
import org.espalier.averaging.gradients.ShardOwners;
import org.espalier.averaging.gradients.ShardedNetwork;
import org.espalier.averaging.gradients.Stretch;
import org.espalier.averaging.gradients.StretchExchange;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.averaging.parts.WholeVector;
import org.espalier.averaging.shards.BroadcastMasks;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;

/**
 * Averages gradients after every step: a round is a stretch of steps, one Spark job whose tasks run
 * at the same time and exchange among themselves. The executor that owns a shard of the parameters
 * keeps what the optimiser remembers of it and takes the optimiser's steps; the driver fetches
 * parameters or state when somebody asks for them. Neither the cut into stretches nor who owns what
 * shows in the result.
 *
 * <p>At the end of a stretch every owner keeps a copy of its shards and leaves another with a
 * neighbour. When an executor has come or gone, the owners of the next stretch begin with these
 * copies; a stretch that lost shards is run again from its beginning, to the same bits.
 */
final class StretchRunner implements Synchronisation {
  private final RunExecutors executors;
  private final UpdatePlan plan;
  private final LongPredicate wantsGradient;
  private final Broadcast<ShardedNetwork> network;
  private final FolderProbe probe = new FolderProbe();
  private ShardLayout layout;

  /** The last stretch, at whose end the owners kept their states; null before the first. */
  private Stretch last;

  /** What the next stretch begins with, if the driver has it; else null. */
  private FlatVector own;

  /** The masks before an update that brought weights back to zero; else null. */
  private MaskSet before;

  /** The masks after it. */
  private MaskSet grown;

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
  public void begin(TrainingState from) {
    own = from.vector();
  }

  @Override
  public RoundResult run(Round round, MaskSet masks) {
    return executors.tried(
        round,
        number -> {
          if (number > 0 && own == null) {
            ShardOwners.requireKept(last);
          }
          return attempt(round, number, masks);
        });
  }

  private RoundResult attempt(Round round, int number, MaskSet masks) {
    long start = System.nanoTime();
    long sentBytes = executors.send(masks);
    Stretch.Beginning begins = beginning(number > 0);
    Broadcast<BroadcastMasks> regrownFrom =
        before == null ? null : executors.spark().broadcast(BroadcastMasks.of(before));
    Stretch stretch = stretch(round, number, regrownFrom, begins);
    try {
      ShardOwners.begin(stretch);
      double sendSeconds = seconds(start);
      StretchTask task = new StretchTask(stretch, executors.sentRun(), executors.trusted());
      List<WorkerReport> reports = executors.withSlots(() -> executors.run(task));
      long trained = System.nanoTime();
      Optional<float[]> gradient =
          stretch.wholeGradient()
              ? Optional.of(ShardOwners.wholeGradient(stretch))
              : Optional.empty();
      List<OwnerReport> owners = keep(stretch);
      long down = sentBytes + gradient.map(values -> (long) values.length * Float.BYTES).orElse(0L);
      return new RoundResult(
          gradient,
          reports,
          owners,
          new RoundResult.DriverCosts(sendSeconds, seconds(trained), down, number));
    } catch (Throwable e) {
      StretchExchange.end(stretch, e); // Tasks that still wait give their slots back.
      throw e;
    } finally {
      if (begins instanceof Stretch.Sent sent) {
        sent.vector().destroy();
      }
      if (regrownFrom != null) {
        regrownFrom.destroy();
      }
    }
  }

  private Stretch.Beginning beginning(boolean again) {
    boolean holds = last != null && !again;
    if (layout == null || again || executors.changed()) {
      holds &= found() == RunExecutors.Found.THE_SAME;
    }
    if (holds) {
      return new Stretch.Held();
    }
    return own == null ? ShardOwners.kept(last) : sent();
  }

  private RunExecutors.Found found() {
    RunExecutors.Found found =
        executors.find((data, tasks, there) -> data.neighbours(TaskPlaces.inRanges(tasks, there)));
    if (found == RunExecutors.Found.OTHERS) {
      int owners = executors.addresses().size();
      layout = ShardLayout.ofParameters(executors.run().vector(), owners, executors.tasks());
    }
    return found;
  }

  private Stretch.Sent sent() {
    return new Stretch.Sent(executors.spark().broadcast(own));
  }

  /**
   * An only owner has no neighbour, and the driver keeps the state in its place. Until it has it,
   * the stretch can be run again from what was there before.
   */
  private List<OwnerReport> keep(Stretch stretch) {
    List<OwnerReport> owners = ShardOwners.keep(stretch);
    FlatVector inPlaceOfANeighbour = ShardOwners.areAlone(stretch) ? fetched(stretch) : null;
    last = stretch;
    before = null;
    own = inPlaceOfANeighbour;
    return owners;
  }

  private FlatVector fetched(Stretch stretch) {
    return ShardOwners.vector(stretch, plan, executors.run().vector().length());
  }

  @Override
  public float[] parameters() {
    return own == null
        ? ShardOwners.parameters(last)
        : own.head(executors.run().vector().parameters());
  }

  @Override
  public void regrow(MaskSet from, MaskSet after) {
    before = from;
    grown = after;
  }

  @Override
  public FlatVector vector() {
    FlatVector vector = own == null ? fetched(last) : own;
    RunSpec run = executors.run();
    return before == null
        ? vector
        : new Regrown(run.vector(), run.tensors()).of(vector, before, grown);
  }

  @Override
  public HeldVector held() {
    if (own != null) {
      return new WholeVector(vector());
    }
    return before == null
        ? HeldShards.of(last, executors.spark(), probe)
        : HeldShards.regrown(last, before, grown, executors.spark(), probe);
  }

  private Stretch stretch(
      Round round, int number, Broadcast<BroadcastMasks> regrownFrom, Stretch.Beginning begins) {
    return new Stretch(
        executors.key(round, number),
        layout,
        new ArrayList<>(executors.addresses()),
        Groups.of(executors.addresses().size(), executors.spark().getConf()),
        executors.data().workers(),
        round.firstStep(),
        round.steps(),
        wantsGradient.test(round.end()),
        network,
        executors.masks(),
        executors.maskHash(),
        regrownFrom,
        begins);
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
