package org.espalier.averaging.evaluation;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.ReplicaPool;
import org.espalier.engine.replica.ReplicaRecipe;

/**
 * Work that replicas of a trained network do on the cluster, piece by piece at each of its
 * operating points, such as translating sentences. A piece is a task's, so that pieces which take
 * long hold nobody up.
 *
 * @param run whose replicas work
 * @param recipe builds them
 */
public record ClusterWork(JavaSparkContext spark, String run, ReplicaRecipe recipe) {
  /** What is done with a piece of work; it travels to the executors. */
  @FunctionalInterface
  public interface PieceWork<W, T> extends Serializable {
    /** Does a piece with a replica that has an operating point's parameters and masks. */
    T of(Replica replica, W piece);
  }

  /**
   * Does every piece at every point.
   *
   * @param pieces in the order in which they are begun
   * @return what came of the pieces, in their order, at each point
   */
  public <W, T> List<List<T>> done(
      List<PlainWeights> points, List<W> pieces, PieceWork<W, T> work) {
    String name = run;
    spark.setJobGroup(run, run + ": decoding");
    try (SentValues sent = new SentValues(spark)) {
      Broadcast<ReplicaRecipe> replicas = sent.send(recipe);
      List<SentPoint> sentPoints = sent.send(points);
      List<List<T>> results =
          spark
              .parallelize(pieces, Math.max(1, pieces.size()))
              .map(
                  piece ->
                      ReplicaPool.lend(
                          name,
                          replicas.value(),
                          replica -> {
                            PointReplica point = new PointReplica(replica, sentPoints);
                            return point.each(held -> work.of(held, piece));
                          }))
              .collect();
      return IntStream.range(0, points.size())
          .mapToObj(point -> results.stream().map(each -> each.get(point)).toList())
          .toList();
    } finally {
      spark.clearJobGroup();
    }
  }
}
