package org.espalier.averaging;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.gradients.Phase;
import org.espalier.averaging.parameters.AllGather;
import org.espalier.averaging.parameters.ParameterRun;
import org.espalier.averaging.parameters.ReduceScatter;
import org.espalier.averaging.parameters.ReducedRound;
import org.espalier.averaging.parameters.RoundShards;
import org.espalier.averaging.shards.BroadcastMasks;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.averaging.shards.TravellingEntries;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.ReplicaPool;
import org.espalier.engine.replica.StepReport;
import org.espalier.sparsity.MaskSet;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * The part of a round that one task carries, on an executor. For each of its workers: take a pooled
 * replica, load the round's vector and masks, prove the masks, train, hand the vector on in shards.
 *
 * <p>Everything that decides the result is in the fields and the broadcasts, so a retried or
 * speculated task hands on the same bytes.
 */
final class RoundTask extends AbstractFunction2<TaskContext, Iterator<Worker>, WorkerReport[]>
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double SECONDS = 1e-9;

  /** Which entries are handed on. */
  enum Format {
    /** Every entry. */
    DENSE,
    /** Those that can differ between workers that ran equally many steps. */
    MASKED
  }

  /**
   * The state that the round begins with; one of them is there.
   *
   * @param reduced where the shards of the round before reduced
   * @param sent what the driver sent
   */
  record InitialVector(Optional<ReducedRound> reduced, Optional<Broadcast<FlatVector>> sent) {}

  private final Round round;
  private final RoundKey key;
  private final ShardLayout layout;
  private final ArrayList<ExecutorAddress> owners;
  private final int workers;
  private final Format format;
  private final Broadcast<RunSpec> run;
  private final Broadcast<BroadcastMasks> masks;
  private final long maskHash;
  private final ReducedRound reduced;
  private final Broadcast<FlatVector> sent;
  private final ComputingProcess trusted;

  RoundTask(
      Round round,
      ReducedRound target,
      int workers,
      Format format,
      Broadcast<RunSpec> run,
      Broadcast<BroadcastMasks> masks,
      long maskHash,
      InitialVector start,
      ComputingProcess trusted) {
    this.round = round;
    this.key = target.key();
    this.layout = target.layout();
    this.owners = new ArrayList<>(target.owners());
    this.workers = workers;
    this.format = format;
    this.run = run;
    this.masks = masks;
    this.maskHash = maskHash;
    this.reduced = start.reduced().orElse(null);
    this.sent = start.sent().orElse(null);
    this.trusted = trusted;
  }

  @Override
  public WorkerReport[] apply(TaskContext context, Iterator<Worker> carried) {
    if (!carried.hasNext()) {
      return new WorkerReport[0];
    }
    ExecutorArithmetic.requireSameAs(trusted);
    Exchange.ofProcess().admit(key.run());
    RunSpec spec = run.value();
    long start = System.nanoTime();
    Phase.GATHER.begins(round.firstStep());
    FloatBuffer vector = sent == null ? AllGather.vectorAfter(reduced) : sent.value().values();
    MaskSet held = masks.value().masks();
    ReduceScatter reduceScatter = new ReduceScatter(cut(spec, held));
    List<WorkerReport> reports = new ArrayList<>();
    while (carried.hasNext()) {
      Worker worker = carried.next();
      long from = start;
      reports.add(
          ReplicaPool.lend(
              spec.name(),
              spec.recipe(),
              replica ->
                  train(
                      worker, replica, vector, held, reduceScatter, from, context.partitionId())));
      start = System.nanoTime();
    }
    reduceScatter.drain();
    int last = reports.size() - 1;
    reports.set(last, reports.get(last).waited((System.nanoTime() - start) * SECONDS));
    reports.forEach(report -> RunMetrics.OF_EXECUTOR.note(spec.name(), report));
    return reports.toArray(WorkerReport[]::new);
  }

  private RoundShards cut(RunSpec spec, MaskSet held) {
    TravellingEntries travelling =
        format == Format.DENSE
            ? TravellingEntries.all(layout.length())
            : ParameterRun.of(Exchange.ofProcess(), key.run())
                .travelling(
                    maskHash, () -> TravellingEntries.under(spec.vector(), spec.tensors(), held));
    RoundShards.Source source =
        sent == null ? RoundShards.Source.OWNERS : RoundShards.Source.DRIVER;
    return new RoundShards(key, layout, owners, workers, source, spec.vector(), travelling);
  }

  private WorkerReport train(
      Worker worker,
      Replica replica,
      FloatBuffer vector,
      MaskSet held,
      ReduceScatter reduceScatter,
      long from,
      int task) {
    String executor = SparkEnv.get().executorId();
    replica.load(vector, round.firstStep());
    replica.drawAs(run.value().seed(), worker.number());
    long proof = replica.maskHash();
    if (proof != maskHash) {
      replica.hold(held);
      proof = replica.maskHash();
    }
    MaskMismatch.check(worker.number(), executor, maskHash, proof);
    long loaded = System.nanoTime();
    Phase.COMPUTE.begins(round.firstStep());
    StepReport steps;
    TimedBatches batches = new TimedBatches(worker.batches());
    try (batches) {
      steps = replica.run(batches, round.firstStep(), round.steps());
    }
    if (format == Format.MASKED && steps.steps() != round.steps()) {
      throw new IllegalStateException(
          "Cannot leave masked entries out: worker %d ran %d of %d steps"
              .formatted(worker.number(), steps.steps(), round.steps()));
    }
    long trained = System.nanoTime();
    Phase.REDUCE.begins(round.end());
    long bytes = reduceScatter.send(worker.number(), steps.weight(), replica, vector);
    return new WorkerReport(
        worker.number(),
        executor,
        task,
        steps.weight(),
        steps.lossSum(),
        (loaded - from) * SECONDS,
        batches.seconds(),
        (trained - loaded) * SECONDS - batches.seconds(),
        (System.nanoTime() - trained) * SECONDS,
        bytes,
        0,
        steps.multiplyAdds());
  }
}
