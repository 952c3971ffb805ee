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
import org.espalier.averaging.exchange.Address;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.LandedRound;
import org.espalier.averaging.exchange.LostSlices;
import org.espalier.averaging.exchange.Means;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.exchange.SliceLayout;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag$;

/**
 * Runs rounds as Spark jobs of one stage. As many tasks as the cluster has slots for carry the
 * workers; the slices of their vectors land on the executors and are summed there, and the driver
 * fetches the averaged vector, once and not per worker. The next round's tasks fetch it from the
 * same place. How workers share tasks, and where slices land, does not show in the result.
 *
 * <p>When an executor has come or gone, the driver sends the vector, and slices land on those that
 * are there; a round that lost slices is run again from its beginning, to the same bits.
 *
 * <p>Used by one thread. Closing it frees what the cluster still holds for the run.
 */
final class RoundRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoundRunner.class);
  private static final AtomicLong RUNS = new AtomicLong();
  private static final int ATTEMPTS = 4;

  private final JavaSparkContext spark;
  private final RunOnExecutors run;
  private final WorkerData data;
  private final long number = RUNS.incrementAndGet();
  private final RollCall roll;
  private final TaskPlaces places = new TaskPlaces();
  private final Broadcast<RunOnExecutors> sentRun;
  private Broadcast<HeldMasks> masks;
  private long maskHash;
  private List<Address> landings = List.of();

  /** Whose arithmetic all executors share. */
  private ComputingProcess trusted;

  private SliceLayout layout;
  private JavaRDD<Worker> workers;
  private Optional<LandedRound> landed = Optional.empty();

  RoundRunner(JavaSparkContext spark, RunOnExecutors run, WorkerData data) {
    this.spark = spark;
    this.run = run;
    this.data = data;
    this.roll = new RollCall(spark);
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
          if (attempt + 1 == ATTEMPTS || !LostSlices.isCauseOf(e)) {
            throw e;
          }
          LOG.warn(
              "round {} of {} is run again: slices of it were lost", round.index(), run.name());
          forgetLandings();
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
    if (landed.isEmpty() || roll.changed()) {
      findLandings();
    }
    Optional<Broadcast<FlatVector>> sent =
        landed.isPresent() ? Optional.empty() : Optional.of(spark.broadcast(state));
    LandedRound target =
        new LandedRound(new RoundKey(number, round.index(), attempt), layout, landings);
    double sendSeconds = seconds(start);
    try {
      List<WorkerReport> reports = train(round, target, new RoundTask.Start(landed, sent));
      long trained = System.nanoTime();
      landings.forEach(landing -> Exchange.ofProcess().prepare(landing, target));
      byte[] averaged = new byte[Math.multiplyExact(layout.length(), Float.BYTES)];
      Means.fetch(target, ByteBuffer.wrap(averaged));
      landed = Optional.of(target);
      long down = sentBytes + (long) averaged.length * (1 + landings.size());
      return new RoundResult(
          FlatVector.wrap(averaged),
          reports,
          new RoundResult.DriverCosts(sendSeconds, seconds(trained), down, attempt));
    } finally {
      sent.ifPresent(Broadcast::destroy);
    }
  }

  private List<WorkerReport> train(Round round, LandedRound target, RoundTask.Start start) {
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

  private void findLandings() {
    List<RollCall.Answer> answers = roll.answers();
    if (trusted == null) {
      trusted = Arithmetic.isPrepared() ? ComputingProcess.driver() : answers.get(0).process();
    }
    answers.forEach(answer -> ArithmeticMismatch.check(answer.process(), trusted));
    landings = new ArrayList<>(answers.stream().map(RollCall.Answer::address).toList());
    landed = Optional.empty();
    layout = SliceLayout.of(run.vector(), landings.size());
    workers = data.shared(places.of(Math.min(data.workers(), roll.slots()), landings));
  }

  private void forgetLandings() {
    landings.forEach(landing -> Exchange.ofProcess().forget(landing, number));
    landed = Optional.empty();
  }

  /** Sends masks if they are others than before; returns the bytes that takes. */
  private long send(MaskSet next) {
    if (masks != null && next.hash() == maskHash) {
      return 0;
    }
    if (masks != null) {
      masks.destroy();
    }
    HeldMasks held = HeldMasks.of(next);
    masks = spark.broadcast(held);
    maskHash = next.hash();
    return (long) held.bytes() * Math.max(1, landings.size());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  @Override
  public void close() {
    roll.close();
    if (!spark.sc().isStopped()) {
      forgetLandings();
    }
    sentRun.destroy();
    if (masks != null) {
      masks.destroy();
    }
  }
}
