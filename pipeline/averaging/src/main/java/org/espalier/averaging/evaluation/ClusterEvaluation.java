package org.espalier.averaging.evaluation;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.TrainingState;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.ReplicaPool;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.Tally;
import org.espalier.engine.replica.WorkerBatches;
import org.espalier.sparsity.MaskFile;

/**
 * Evaluates a state of training as one Spark job.
 *
 * <p>The batches are the same whatever cluster evaluates, and their losses are added in batch
 * order, so the tally has the same bits everywhere.
 */
public final class ClusterEvaluation {
  /** Opens the batches to evaluate on the executor that judges them. */
  @FunctionalInterface
  public interface BatchOpener extends Serializable {
    /** The batches, addressed by number. */
    WorkerBatches open();
  }

  private final JavaSparkContext spark;
  private final String run;
  private final ReplicaRecipe recipe;
  private final Judge judge;

  /** Evaluates with replicas of this run. */
  public ClusterEvaluation(JavaSparkContext spark, String run, ReplicaRecipe recipe, Judge judge) {
    this.spark = spark;
    this.run = run;
    this.recipe = recipe;
    this.judge = judge;
  }

  /**
   * Judges every batch.
   *
   * @param batches number of batches
   * @param opener opens the batches on an executor
   */
  public Tally of(TrainingState state, int batches, BatchOpener opener) {
    Broadcast<FlatVector> vector = spark.broadcast(state.vector());
    Broadcast<byte[]> masks = spark.broadcast(MaskFile.encode(state.masks()));
    Broadcast<ReplicaRecipe> sent = spark.broadcast(recipe);
    Broadcast<Judge> sentJudge = spark.broadcast(judge);
    String name = run;
    spark.setJobGroup(run, run + ": evaluation");
    try {
      List<Integer> numbers = IntStream.range(0, batches).boxed().toList();
      List<Tally> tallies =
          spark
              .parallelize(numbers, Math.min(batches, spark.defaultParallelism()))
              .mapPartitions(
                  mine ->
                      ReplicaPool.lend(
                          name,
                          sent.value(),
                          replica -> {
                            replica.write(0, parameters(vector.value(), replica));
                            replica.hold(MaskFile.decode(masks.value(), "the masks to evaluate"));
                            List<Tally> judged = new ArrayList<>();
                            try (WorkerBatches opened = opener.open()) {
                              mine.forEachRemaining(
                                  batch ->
                                      judged.add(
                                          replica.evaluate(opened.at(batch), sentJudge.value())));
                            }
                            return judged.iterator();
                          }))
              .collect();
      return tallies.stream().reduce(Tally.NOTHING, Tally::plus);
    } finally {
      vector.destroy();
      masks.destroy();
      sent.destroy();
      sentJudge.destroy();
      spark.clearJobGroup();
    }
  }

  /** Those of the vector that judging takes; what an optimiser remembers is left alone. */
  private static FloatBuffer parameters(FlatVector vector, Replica replica) {
    return vector.values().limit(replica.parameters());
  }
}
