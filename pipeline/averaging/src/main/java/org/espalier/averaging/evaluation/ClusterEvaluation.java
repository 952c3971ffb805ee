package org.espalier.averaging.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Observer;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.engine.replica.ReplicaPool;
import org.espalier.engine.replica.ReplicaRecipe;
import org.espalier.engine.replica.Tally;
import org.espalier.engine.replica.WorkerBatches;

/**
 * Evaluates a network at all of its operating points in one Spark job, which reads every batch
 * once.
 *
 * <p>The batches are the same whatever cluster evaluates, and their losses are added in batch
 * order, so a tally has the same bits everywhere.
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
   * Judges every batch at every point.
   *
   * @param points parameters without optimiser state, and masks; parameters that neighbouring
   *     points share travel, and are loaded, once
   * @param batches number of batches
   * @param opener opens the batches on an executor
   * @return the tally of each point
   */
  public List<Tally> of(List<PlainWeights> points, int batches, BatchOpener opener) {
    return observed(judge, points, batches, opener).stream()
        .map(each -> each.stream().reduce(Tally.NOTHING, Tally::plus))
        .toList();
  }

  /**
   * Looks at every batch at every point.
   *
   * @return what is seen at each point, in the order of the batches
   */
  public <T> List<List<T>> observed(
      Observer<T> observer, List<PlainWeights> points, int batches, BatchOpener opener) {
    String name = run;
    spark.setJobGroup(run, run + ": evaluation");
    try (SentValues sent = new SentValues(spark)) {
      Broadcast<ReplicaRecipe> replicas = sent.send(recipe);
      Broadcast<Observer<T>> observers = sent.send(observer);
      List<SentPoint> sentPoints = sent.send(points);
      List<Integer> numbers = IntStream.range(0, batches).boxed().toList();
      List<List<T>> seen =
          spark
              .parallelize(numbers, Math.max(1, Math.min(batches, spark.defaultParallelism())))
              .mapPartitions(
                  mine ->
                      ReplicaPool.lend(
                          name,
                          replicas.value(),
                          replica -> {
                            PointReplica judged = new PointReplica(replica, sentPoints);
                            List<List<T>> each = new ArrayList<>();
                            try (WorkerBatches opened = opener.open()) {
                              mine.forEachRemaining(
                                  batch ->
                                      each.add(judged.at(opened.at(batch), observers.value())));
                            }
                            return each.iterator();
                          }))
              .collect();
      return IntStream.range(0, points.size())
          .mapToObj(point -> seen.stream().map(each -> each.get(point)).toList())
          .toList();
    } finally {
      spark.clearJobGroup();
    }
  }
}
