package org.espalier.averaging;

import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;
import org.espalier.training.FlatVector;
import org.espalier.training.ReplicaRecipe;
import org.espalier.training.WorkerBatches;

/**
 * Runs rounds as Spark jobs. The first stage trains the workers, in as many tasks as the cluster
 * has slots for; the second sums each slice where it lands, so that the driver receives the
 * averaged vector once and not per worker. How workers share tasks does not show in the result.
 *
 * <p>Used by one thread. Closing it frees what the cluster still holds for the run.
 */
final class RoundRunner implements AutoCloseable {
  private final JavaSparkContext spark;
  private final String run;
  private final JavaRDD<WorkerBatches> workers;
  private final SliceLayout layout;
  private final Broadcast<ReplicaRecipe> recipe;
  private Broadcast<byte[]> masks;
  private long maskHash;

  RoundRunner(
      JavaSparkContext spark, String run, ReplicaRecipe recipe, WorkerData data, int length) {
    this.spark = spark;
    this.run = run;
    this.workers = data.batches();
    this.layout =
        new SliceLayout(
            length,
            Math.min(length, Math.min(workers.getNumPartitions(), spark.defaultParallelism())));
    this.recipe = spark.broadcast(recipe);
  }

  RoundResult run(Round round, FlatVector state, MaskSet roundMasks) {
    send(roundMasks);
    Broadcast<FlatVector> vector = spark.broadcast(state);
    spark.setJobGroup(
        run,
        "%s: round %d, steps %d to %d"
            .formatted(run, round.index(), round.firstStep() + 1, round.end()));
    WorkerTask task = new WorkerTask(run, round, layout, recipe, vector, masks, maskHash);
    int count = workers.getNumPartitions();
    SliceLayout cut = layout;
    JavaPairRDD<Integer, WorkerSlice> landed =
        workers
            .mapPartitionsWithIndex(WorkerTask::numbered, true)
            .coalesce(Math.min(count, spark.defaultParallelism()))
            .flatMapToPair(numbered -> task.slices(numbered._1(), numbered._2()))
            .partitionBy(new BySlice(cut.slices()));
    try {
      List<AveragedSlice> averaged =
          landed
              .mapPartitionsWithIndex(
                  (slice, arriving) -> SliceSum.of(slice, count, cut.size(slice), arriving), true)
              .collect();
      return RoundResult.assemble(cut, averaged);
    } finally {
      vector.destroy();
      ShuffleFiles.remove(spark, landed);
      spark.clearJobGroup();
    }
  }

  private void send(MaskSet next) {
    if (masks == null || next.hash() != maskHash) {
      if (masks != null) {
        masks.destroy();
      }
      masks = spark.broadcast(MaskFile.encode(next));
      maskHash = next.hash();
    }
  }

  @Override
  public void close() {
    recipe.destroy();
    if (masks != null) {
      masks.destroy();
    }
  }

  private static final class BySlice extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int slices;

    BySlice(int slices) {
      this.slices = slices;
    }

    @Override
    public int numPartitions() {
      return slices;
    }

    @Override
    public int getPartition(Object slice) {
      return (Integer) slice;
    }
  }
}
