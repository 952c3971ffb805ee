package org.espalier.averaging;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.RoundTask.Format;
import org.espalier.averaging.exchange.AllGather;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.ReducedRound;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.exchange.ShardLayout;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag$;

/**
 * Runs rounds as Spark jobs of one stage. As many tasks as the cluster has slots for carry the
 * workers; the shards of their vectors are summed by the executors that own them, and the driver
 * fetches the averaged vector, once and not per worker. The next round's tasks fetch it from the
 * same place. How workers share tasks, and where shards land, does not show in the result.
 *
 * <p>When an executor has come or gone, the driver sends the vector, and shards are owned by those
 * that are there; a round that lost shards is run again from its beginning, to the same bits.
 *
 * <p>Used by one thread. Closing it frees what the cluster still holds for the run.
 */
final class RoundRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoundRunner.class);
  private static final AtomicLong RUNS = new AtomicLong();
  private static final int ATTEMPTS = 4;

  private final JavaSparkContext spark;
  private final RunSpec run;
  private final WorkerData data;
  private final long number = RUNS.incrementAndGet();
  private final ExecutorDiscovery roll;
  private final TaskPlaces places = new TaskPlaces();
  private final Broadcast<RunSpec> sentRun;
  private Broadcast<BroadcastMasks> masks;
  private long maskHash;
  private List<ExecutorAddress> owners = List.of();

  /** Whose arithmetic all executors share. */
  private ComputingProcess trusted;

  private ShardLayout layout;
  private JavaRDD<Worker> workers;
  private Optional<ReducedRound> reduced = Optional.empty();

  RoundRunner(JavaSparkContext spark, RunSpec run, WorkerData data) {
    this.spark = spark;
    this.run = run;
    this.data = data;
    this.roll = new ExecutorDiscovery(spark);
    this.sentRun = spark.broadcast(run);
  }

  RoundResult run(Round round, FlatVector state, MaskSet roundMasks) {
    spark.setJobGroup(
        run.name(),
        "%s: round %d, steps %d to %d"
            .formatted(run.name(), round.index(), round.firstStep() + 1, round.end()));
    spark.sc().setCallSite("round " + round.index() + " of " + run.name());
    try {
      for (int attempt = 0; ; attempt++) {
        try {
          return attempt(round, attempt, state, roundMasks);
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
          if (attempt + 1 == ATTEMPTS || !LostShards.isCauseOf(e)) {
            throw e;
          }
          LOG.warn(
              "round {} of {} is run again: shards of it were lost", round.index(), run.name());
          forgetOwners();
        }
      }
    } finally {
      spark.clearJobGroup();
      spark.sc().clearCallSite();
    }
  }

  private RoundResult attempt(Round round, int attempt, FlatVector state, MaskSet roundMasks) {
    long start = System.nanoTime();
    long sentBytes = send(roundMasks);
    if (reduced.isEmpty() || roll.changed()) {
      findOwners();
    }
    Optional<Broadcast<FlatVector>> sent =
        reduced.isPresent() ? Optional.empty() : Optional.of(spark.broadcast(state));
    ReducedRound target =
        new ReducedRound(new RoundKey(number, round.index(), attempt), layout, owners);
    double sendSeconds = seconds(start);
    try {
      List<WorkerReport> reports = train(round, target, new RoundTask.InitialVector(reduced, sent));
      long trained = System.nanoTime();
      owners.forEach(owner -> Exchange.ofProcess().prepare(owner, target));
      byte[] averaged = new byte[Math.multiplyExact(layout.length(), Float.BYTES)];
      AllGather.fetch(target, ByteBuffer.wrap(averaged));
      reduced = Optional.of(target);
      long down = sentBytes + (long) averaged.length * (1 + owners.size());
      return new RoundResult(
          FlatVector.wrap(averaged),
          reports,
          new RoundResult.DriverCosts(sendSeconds, seconds(trained), down, attempt));
    } finally {
      sent.ifPresent(Broadcast::destroy);
    }
  }

  private List<WorkerReport> train(
      Round round, ReducedRound target, RoundTask.InitialVector start) {
    Format format = round.end() <= data.complete() ? Format.MASKED : Format.DENSE;
    RoundTask task =
        new RoundTask(
            round, target, data.workers(), format, sentRun, masks, maskHash, start, trusted);
    WorkerReport[][] reports =
        (WorkerReport[][])
            spark.sc().runJob(workers.rdd(), task, ClassTag$.MODULE$.apply(WorkerReport[].class));
    return Arrays.stream(reports)
        .flatMap(Arrays::stream)
        .sorted(Comparator.comparingInt(WorkerReport::worker))
        .toList();
  }

  private void findOwners() {
    List<ExecutorDiscovery.Answer> answers = roll.answers();
    if (trusted == null) {
      trusted = Arithmetic.isPrepared() ? ComputingProcess.driver() : answers.get(0).process();
    }
    answers.forEach(answer -> ArithmeticMismatch.check(answer.process(), trusted));
    owners = new ArrayList<>(answers.stream().map(ExecutorDiscovery.Answer::address).toList());
    reduced = Optional.empty();
    layout = ShardLayout.of(run.vector(), owners.size());
    workers = data.shared(places.of(Math.min(data.workers(), roll.slots()), owners));
  }

  private void forgetOwners() {
    owners.forEach(owner -> Exchange.ofProcess().forget(owner, number));
    reduced = Optional.empty();
  }

  /** Sends masks if they are others than before; returns the bytes that takes. */
  private long send(MaskSet next) {
    if (masks != null && next.hash() == maskHash) {
      return 0;
    }
    if (masks != null) {
      masks.destroy();
    }
    BroadcastMasks held = BroadcastMasks.of(next);
    masks = spark.broadcast(held);
    maskHash = next.hash();
    return (long) held.bytes() * Math.max(1, owners.size());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  @Override
  public void close() {
    roll.close();
    if (!spark.sc().isStopped()) {
      forgetOwners();
    }
    sentRun.destroy();
    if (masks != null) {
      masks.destroy();
    }
  }
}
