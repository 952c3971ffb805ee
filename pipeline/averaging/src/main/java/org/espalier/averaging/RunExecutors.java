package org.espalier.averaging;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.averaging.shards.BroadcastMasks;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.sparsity.MaskSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * The executors that carry a run, all of one arithmetic, and what was sent to them: the run's
 * specification and its masks. Used by one thread; closing it frees what the cluster holds of the
 * run.
 */
final class RunExecutors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunExecutors.class);
  private static final SecureRandom NUMBERS = new SecureRandom();
  private static final int ATTEMPTS = 4;

  private final JavaSparkContext spark;
  private final RunSpec run;
  private final WorkerData data;
  private final long number = NUMBERS.nextLong();
  private final ExecutorDiscovery discovery;
  private final ExecutorDemand demand;
  private final FailureWatch failures;
  private final Broadcast<RunSpec> sentRun;
  private Broadcast<BroadcastMasks> masks;
  private long maskHash;
  private List<ExecutorAddress> addresses = List.of();
  private ComputingProcess trusted;
  private JavaRDD<Worker> workers;
  private int tasks;

  RunExecutors(JavaSparkContext spark, RunSpec run, WorkerData data) {
    this.spark = spark;
    this.run = run;
    this.data = data;
    this.discovery = new ExecutorDiscovery(spark);
    this.demand = new ExecutorDemand(spark, discovery, data.workers());
    this.failures = new FailureWatch(spark.sc(), number);
    this.sentRun = spark.broadcast(run);
  }

  /** What executors were found. */
  enum Found {
    /** As many slots on the same ones as before. */
    THE_SAME,
    /** Others, or other numbers of slots. */
    OTHERS
  }

  /** A way in which so many tasks on these executors share the workers. */
  interface Dealing {
    JavaRDD<Worker> by(WorkerData data, int tasks, List<ExecutorAddress> executors);
  }

  JavaSparkContext spark() {
    return spark;
  }

  RunSpec run() {
    return run;
  }

  WorkerData data() {
    return data;
  }

  Broadcast<RunSpec> sentRun() {
    return sentRun;
  }

  Broadcast<BroadcastMasks> masks() {
    return masks;
  }

  long maskHash() {
    return maskHash;
  }

  /** Those of a host next to each other, in the order of their ids. */
  List<ExecutorAddress> addresses() {
    return addresses;
  }

  /** Whose arithmetic all of them share. */
  ComputingProcess trusted() {
    return trusted;
  }

  /** Number of tasks that carry the workers: as many as run at a time, and at most W. */
  int tasks() {
    return tasks;
  }

  /** Works while all {@link #tasks} can run at once, as far as this application decides that. */
  <T> T withSlots(Supplier<T> work) {
    return SlotLedger.of(spark.sc()).with(tasks, discovery.slots(), work);
  }

  /** The key of a try at a round. */
  RoundKey key(Round round, int attempt) {
    return new RoundKey(number, round.index(), attempt);
  }

  /** Whether executors have come or gone since they were last found. */
  boolean changed() {
    return discovery.changed();
  }

  /**
   * Finds the executors; a run that begins waits for those that it may get.
   *
   * @param dealt how tasks share the workers
   * @throws ArithmeticMismatch if one computes other bits than the others, or the driver
   */
  Found find(Dealing dealt) {
    if (addresses.isEmpty()) {
      demand.gather();
    }
    List<ExecutorDiscovery.Answer> answers = discovery.answers(number);
    if (trusted == null) {
      trusted = Arithmetic.isPrepared() ? ComputingProcess.driver() : answers.get(0).process();
    }
    answers.forEach(answer -> ArithmeticMismatch.check(answer.process(), trusted));
    List<ExecutorAddress> there = answers.stream().map(ExecutorDiscovery.Answer::address).toList();
    int running = Math.min(data.workers(), discovery.slots());
    if (there.equals(addresses) && running == tasks) {
      return Found.THE_SAME;
    }
    addresses = new ArrayList<>(there);
    tasks = running;
    workers = demand.kept(dealt.by(data, tasks, addresses));
    return Found.OTHERS;
  }

  /** Sends masks if they are others than before; returns the bytes that takes. */
  long send(MaskSet next) {
    if (masks != null && next.hash() == maskHash) {
      return 0;
    }
    if (masks != null) {
      masks.destroy();
    }
    BroadcastMasks packed = BroadcastMasks.of(next);
    masks = spark.broadcast(packed);
    maskHash = next.hash();
    return (long) packed.bytes() * Math.max(1, addresses.size());
  }

  /** Runs a task for every share of the workers; returns their reports in worker order. */
  List<WorkerReport> run(Function2<TaskContext, Iterator<Worker>, WorkerReport[]> task) {
    WorkerReport[][] reports =
        failures.watching(
            () ->
                (WorkerReport[][])
                    spark
                        .sc()
                        .runJob(
                            workers.rdd(), task, ClassTag$.MODULE$.apply(WorkerReport[].class)));
    return Arrays.stream(reports)
        .flatMap(Arrays::stream)
        .sorted(Comparator.comparingInt(WorkerReport::worker))
        .toList();
  }

  /**
   * Tries a round until a try succeeds, or fails for a reason that another try would not mend;
   * {@value #ATTEMPTS} times at most.
   *
   * @param attempt does the try of this number
   * @throws RunFailure with the cause of the last failure, where that is known
   */
  <T> T tried(Round round, IntFunction<T> attempt) {
    spark.setJobGroup(
        run.name(),
        "%s: round %d, steps %d to %d"
            .formatted(run.name(), round.index(), round.firstStep() + 1, round.end()));
    spark.sc().setCallSite("round " + round.index() + " of " + run.name());
    try {
      for (int number = 0; ; number++) {
        failures.begin();
        try {
          return attempt.apply(number);
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
          Failure failure = failures.of(e);
          if (Failure.of(e, failure.executor()).equals(failure) && !failure.mayPass()) {
            throw e;
          }
          if (number + 1 == ATTEMPTS || !failure.mayPass() || FailureWatch.isLastWordOfSpark(e)) {
            throw ended(round, failure, e);
          }
          LOG.warn(
              "round {} of {} is run again: {}", round.index(), run.name(), failure.sentence());
          LOG.debug("the round failed because", e);
        }
      }
    } finally {
      spark.clearJobGroup();
      spark.sc().clearCallSite();
    }
  }

  private RunFailure ended(Round round, Failure failure, Exception last) {
    if (!failure.mayPass()) {
      return new RunFailure(failure, last);
    }
    String sentence =
        "Cannot go on with round %d of %s, which was tried several times: %s."
            .formatted(round.index(), run.name(), failure.sentence());
    return new RunFailure(new Failure(failure.kind(), failure.executor(), sentence), last);
  }

  /** Has the executors drop what they hold of the run. */
  void forget() {
    addresses.forEach(address -> Exchange.ofProcess().forget(address, number));
  }

  @Override
  public void close() {
    discovery.close();
    failures.close();
    if (!spark.sc().isStopped()) {
      forget();
    }
    sentRun.destroy();
    if (masks != null) {
      masks.destroy();
    }
  }
}
