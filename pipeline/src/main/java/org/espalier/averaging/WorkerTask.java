package org.espalier.averaging;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.sparsity.MaskFile;
import org.espalier.training.FlatVector;
import org.espalier.training.Replica;
import org.espalier.training.ReplicaPool;
import org.espalier.training.ReplicaRecipe;
import org.espalier.training.StepReport;
import org.espalier.training.WorkerBatches;
import scala.Tuple2;

/**
 * The round of one worker, on an executor: take a pooled replica, load the round's vector and mask,
 * prove the mask, train, hand the vector in as slices.
 *
 * <p>Everything that decides the result is in the arguments and the broadcasts, so a retried or
 * speculated task gives the same bytes.
 */
record WorkerTask(
    String run,
    Round round,
    SliceLayout layout,
    Broadcast<ReplicaRecipe> recipe,
    Broadcast<FlatVector> state,
    Broadcast<byte[]> masks,
    long maskHash)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The batches of one worker, which are the only element of its partition, with its number. */
  static Iterator<Tuple2<Integer, WorkerBatches>> numbered(
      int worker, Iterator<WorkerBatches> batches) {
    return List.of(new Tuple2<>(worker, batches.next())).iterator();
  }

  Iterator<Tuple2<Integer, WorkerSlice>> slices(int worker, WorkerBatches batches) {
    return ReplicaPool.lend(run, recipe.value(), replica -> train(worker, batches, replica));
  }

  private Iterator<Tuple2<Integer, WorkerSlice>> train(
      int worker, WorkerBatches batches, Replica replica) {
    String executor = SparkEnv.get().executorId();
    replica.load(state.value(), round.firstStep());
    if (replica.maskHash() != maskHash) {
      replica.hold(MaskFile.decode(masks.value(), "the masks of the round"));
    }
    MaskMismatch.check(worker, executor, maskHash, replica.maskHash());
    StepReport steps = replica.run(batches, round.firstStep(), round.steps());
    WorkerReport report =
        new WorkerReport(worker, executor, steps.examples(), steps.lossSum(), steps.seconds());
    return IntStream.range(0, layout.slices())
        .mapToObj(slice -> new Tuple2<>(slice, new WorkerSlice(report, read(replica, slice))))
        .toList()
        .iterator();
  }

  private byte[] read(Replica replica, int slice) {
    byte[] bytes = new byte[layout.size(slice) * Float.BYTES];
    replica.read(layout.start(slice), FlatVector.floats(ByteBuffer.wrap(bytes)));
    return bytes;
  }
}
