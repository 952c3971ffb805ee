package org.espalier.jobs.bench.scaling;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.exchange.MessageTiming;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.WeightedSums;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.UpdatePlan;

/**
 * Measures the constants of the simulation on this machine, each by itself and by the code that
 * does the work in a run. The shortest of many short turns counts, which other programs disturb
 * least.
 */
final class ConstantsMeasurement {
  /** Values of a usual shard, 4 MiB. */
  private static final int SHARD = 1 << 20;

  private static final double SHARD_BYTES = (double) Float.BYTES * SHARD;
  private static final int MANY = 32;

  /** Parameters that are updated at a time, whose state no processor's caches hold. */
  private static final int UPDATED = 1 << 23;

  private static final double UPDATED_BYTES = (double) Float.BYTES * UPDATED;
  private static final int SIDE = 512;
  private static final double SECONDS = 3;
  private static final int LEAST = 100;
  private static final int SHORT_MESSAGES = 200;
  private static final int LONG_MESSAGES = 8;
  private static final int TASKS = 51;

  private ConstantsMeasurement() {}

  /** One turn of something that is measured. */
  private interface Turn {
    /** Takes the turn and says how many seconds it took. */
    double seconds() throws IOException, InterruptedException;
  }

  /** Measures, with a Spark application for jobs and messages. */
  static MachineConstants on(JavaSparkContext spark) throws IOException, InterruptedException {
    double shortMessage;
    double longMessage;
    try (MessageTiming timing = new MessageTiming()) {
      shortMessage = shortest(() -> timing.seconds(1, SHORT_MESSAGES));
      longMessage = shortest(() -> timing.seconds((int) SHARD_BYTES, LONG_MESSAGES));
    }
    double job = shortest(timed(() -> runJob(spark, 1)));
    double jobOfMany = shortest(timed(() -> runJob(spark, TASKS)));
    return new MachineConstants(
        shortMessage,
        SHARD_BYTES / (longMessage - shortMessage),
        SHARD_BYTES / copySeconds(),
        SHARD_BYTES / sumSeconds(),
        UPDATED_BYTES / stepSeconds(new UpdateRule.Nesterov(0.9)),
        UPDATED_BYTES / stepSeconds(UpdateRule.Adam.standard()),
        job,
        (jobOfMany - job) / (TASKS - 1),
        2.0 * SIDE * SIDE * SIDE / productSeconds());
  }

  private static void runJob(JavaSparkContext spark, int tasks) {
    spark.parallelize(Collections.nCopies(tasks, 1), tasks).foreach(one -> {});
  }

  private static double copySeconds() throws IOException, InterruptedException {
    WeightedSums sums = Kernels.chosen().sums();
    ShardsInTurn shards = new ShardsInTurn();
    return shortest(timed(() -> sums.copy(shards.next(), Pieces.of(shards.next()))));
  }

  private static double sumSeconds() throws IOException, InterruptedException {
    WeightedSums sums = Kernels.chosen().sums();
    ShardsInTurn shards = new ShardsInTurn();
    return shortest(timed(() -> sums.mix(shards.next(), 1, Pieces.of(shards.next()), 1)));
  }

  /** Shards of gradients in the memory of messages, more than a processor's caches hold. */
  private static final class ShardsInTurn {
    private final List<FloatBuffer> shards =
        IntStream.range(0, MANY)
            .mapToObj(
                i ->
                    ByteBuffer.allocateDirect((int) SHARD_BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer())
            .toList();
    private int next;

    FloatBuffer next() {
      next = (next + 1) % MANY;
      return shards.get(next);
    }
  }

  private static double stepSeconds(UpdateRule rule) throws IOException, InterruptedException {
    FloatBuffer gradient = FloatBuffer.allocate(UPDATED);
    for (int i = 0; i < UPDATED; i++) {
      gradient.put(i, 1f / (i + 1));
    }
    try (ShardOptimiser optimiser = new ShardOptimiser(plan(rule), 0, UPDATED)) {
      return shortest(timed(() -> optimiser.step(gradient, 0)));
    }
  }

  /** The plan of a network of one tensor. */
  private static UpdatePlan plan(UpdateRule rule) {
    List<Integer> memories =
        rule.stateVectors() == 1 ? List.of(UPDATED) : List.of(UPDATED, 2 * UPDATED);
    UpdatePlan.Part tensor =
        new UpdatePlan.Part(
            "layer/W",
            0,
            UPDATED,
            rule,
            new ConstantRate(0.01),
            1e-4,
            memories,
            UpdatePlan.Scale.MEAN);
    return new UpdatePlan(List.of(tensor), UPDATED);
  }

  private static double productSeconds() throws IOException, InterruptedException {
    Kernels.useThreads(1);
    Products products = Kernels.chosen().products();
    Values a = Values.floats(SIDE * SIDE);
    Values b = Values.floats(SIDE * SIDE);
    Values c = Values.floats(SIDE * SIDE);
    ProductShape shape = ProductShape.plain(SIDE, SIDE, SIDE);
    return shortest(timed(() -> products.multiply(shape, a, b, c)));
  }

  private static Turn timed(Runnable work) {
    return () -> {
      long start = System.nanoTime();
      work.run();
      return (System.nanoTime() - start) * 1e-9;
    };
  }

  /** The shortest of many turns, those included in which the code is compiled. */
  private static double shortest(Turn turn) throws IOException, InterruptedException {
    double shortest = Double.POSITIVE_INFINITY;
    long start = System.nanoTime();
    for (int i = 0; i < LEAST || (System.nanoTime() - start) * 1e-9 < SECONDS; i++) {
      shortest = Math.min(shortest, turn.seconds());
    }
    return shortest;
  }
}
