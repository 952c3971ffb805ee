package org.espalier.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;

/** The executors that are there, and whether some have come or gone since they were last asked. */
final class ExecutorDiscovery extends SparkListener implements AutoCloseable {
  /** A task holds its slot this long, so that the others go to other executors. */
  private static final long HOLD_MILLIS = 50;

  private final JavaSparkContext spark;
  private volatile boolean changed = true;
  private int slotsFound;

  ExecutorDiscovery(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(this);
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    changed = true;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    changed = true;
  }

  /**
   * Whether executors have come or gone since they were last asked, are about to go, or some did
   * not answer because all their slots were taken.
   */
  boolean changed() {
    return changed || slots() != slotsFound;
  }

  /** Number of executors that are there, or about to go. */
  int count() {
    int processes = spark.sc().statusTracker().getExecutorInfos().length;
    return spark.isLocal() ? processes : processes - 1;
  }

  /**
   * Number of tasks that run at a time on the executors that are there, by their cores and {@code
   * spark.task.cpus}; Spark's default parallelism may be more than that.
   */
  int slots() {
    SparkContext context = spark.sc();
    return Math.max(
        1,
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile()));
  }

  /**
   * An executor that is there.
   *
   * @param address where it takes shards
   * @param arithmetic what decides the bits of its results
   */
  @DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
  record Answer(ExecutorAddress address, ArithmeticFingerprint arithmetic) implements Serializable {
    private static final long serialVersionUID = 1L;

    ComputingProcess process() {
      return ComputingProcess.executor(address, arithmetic);
    }
  }

  /**
   * The executors that answer, those of a host next to each other, in the order of their ids; they
   * let messages of the run in.
   */
  List<Answer> answers(long run) {
    changed = false;
    slotsFound = slots();
    List<Integer> slots = IntStream.range(0, slotsFound).boxed().toList();
    List<Answer> answers =
        spark
            .parallelize(slots, slots.size())
            .map(
                slot -> {
                  Thread.sleep(HOLD_MILLIS);
                  Exchange.ofProcess().admit(run);
                  return new Answer(Exchange.ofProcess().address(), ExecutorArithmetic.ofTask());
                })
            .collect()
            .stream()
            .distinct()
            .sorted(Comparator.comparing(Answer::address, ExecutorAddress.BY_HOST))
            .toList();
    if (answers.size() < count()) {
      changed = true;
    }
    return answers;
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
