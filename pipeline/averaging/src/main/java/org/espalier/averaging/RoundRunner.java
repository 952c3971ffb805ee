package org.espalier.averaging;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.RoundTask.Format;
import org.espalier.averaging.parameters.AllGather;
import org.espalier.averaging.parameters.ReducedRound;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.averaging.parts.WholeVector;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;

/**
 * Averages parameters and optimiser state after every round, a Spark job of one stage. As many
 * tasks as the cluster has slots for carry the workers; the shards of their vectors are summed by
 * the executors that own them, and the driver fetches the averaged vector, once and not per worker.
 * The next round's tasks fetch it from the same place. How workers share tasks, and who owns what,
 * does not show in the result.
 *
 * <p>When an executor has come or gone, the driver sends the vector, and shards are owned by those
 * that are there; a round that lost shards is run again from its beginning, to the same bits.
 */
final class RoundRunner implements Synchronisation {
  private final RunExecutors executors;
  private final TaskPlaces places = new TaskPlaces();
  private FlatVector state;
  private ShardLayout layout;
  private Optional<ReducedRound> reduced = Optional.empty();

  RoundRunner(RunExecutors executors) {
    this.executors = executors;
  }

  @Override
  public void begin(TrainingState from) {
    state = from.vector();
  }

  @Override
  public RoundResult run(Round round, MaskSet masks) {
    return executors.tried(
        round,
        number -> {
          if (number > 0) {
            executors.forget();
            reduced = Optional.empty();
          }
          return attempt(round, number, masks);
        });
  }

  @Override
  public float[] parameters() {
    return state.head(executors.run().vector().parameters());
  }

  @Override
  public void regrow(MaskSet before, MaskSet after) {
    RunSpec run = executors.run();
    state = new Regrown(run.vector(), run.tensors()).of(state, before, after);
    reduced = Optional.empty();
  }

  @Override
  public FlatVector vector() {
    return state;
  }

  @Override
  public HeldVector held() {
    return new WholeVector(state);
  }

  private RoundResult attempt(Round round, int number, MaskSet masks) {
    long start = System.nanoTime();
    long sentBytes = executors.send(masks);
    if ((reduced.isEmpty() || executors.changed()) && found() == RunExecutors.Found.OTHERS) {
      reduced = Optional.empty();
    }
    Optional<Broadcast<FlatVector>> sent =
        reduced.isPresent() ? Optional.empty() : Optional.of(executors.spark().broadcast(state));
    ReducedRound target =
        new ReducedRound(executors.key(round, number), layout, executors.addresses());
    double sendSeconds = seconds(start);
    try {
      RoundTask task = task(round, target, new RoundTask.InitialVector(reduced, sent));
      List<WorkerReport> reports = executors.run(task);
      long trained = System.nanoTime();
      executors.addresses().forEach(owner -> AllGather.prepare(owner, target));
      byte[] averaged = new byte[Math.multiplyExact(layout.length(), Float.BYTES)];
      AllGather.fetch(target, ByteBuffer.wrap(averaged));
      reduced = Optional.of(target);
      long down = sentBytes + (long) averaged.length * (1 + executors.addresses().size());
      state = FlatVector.wrap(averaged);
      return new RoundResult(
          Optional.empty(),
          reports,
          List.of(),
          new RoundResult.DriverCosts(sendSeconds, seconds(trained), down, number));
    } finally {
      sent.ifPresent(Broadcast::destroy);
    }
  }

  private RunExecutors.Found found() {
    RunExecutors.Found found =
        executors.find((data, tasks, there) -> data.shared(places.of(tasks, there)));
    if (found == RunExecutors.Found.OTHERS) {
      layout = ShardLayout.of(executors.run().vector(), executors.addresses().size());
    }
    return found;
  }

  private RoundTask task(Round round, ReducedRound target, RoundTask.InitialVector start) {
    WorkerData data = executors.data();
    return new RoundTask(
        round,
        target,
        data.workers(),
        round.end() <= data.complete() ? Format.MASKED : Format.DENSE,
        executors.sentRun(),
        executors.masks(),
        executors.maskHash(),
        start,
        executors.trusted());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  @Override
  public void close() {
    executors.close();
  }
}
