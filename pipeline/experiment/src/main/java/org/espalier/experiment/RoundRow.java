package org.espalier.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.espalier.averaging.RoundPhases;
import org.espalier.averaging.RoundSummary;

/**
 * A round as it is stored, in checkpoints and in {@code rounds.parquet}. Seconds are wall time;
 * bytes are those of vectors and masks. {@link RoundPhases} says what the phases are.
 *
 * @param index 0 for the first round of the run, whatever part of the run it was done in
 * @param firstStep number of steps done before the round
 * @param endStep number of steps done after it
 * @param weight examples of all workers, or tokens
 * @param runAgain number of tries that lost shards before the one that succeeded
 * @param slowestWorker the worker whose steps took longest
 * @param slowestWorkerExecutor id of the Spark executor that carried it
 * @param multiplyAdds of the steps of all workers, as far as they are counted
 * @param multiplyAddsLeftOut those that masks saved beside them
 * @param expectedForwardMultiplyAdds those of forward passes alone with the weights that masks keep
 *     and whose gates are expected to be open
 */
record RoundRow(
    long index,
    long firstStep,
    long endStep,
    long weight,
    double loss,
    double sparsity,
    double seconds,
    double dataSeconds,
    double computeSeconds,
    double gatherSeconds,
    double reduceSeconds,
    double maskSeconds,
    double scheduleSeconds,
    long bytesUp,
    long bytesDown,
    long runAgain,
    long slowestWorker,
    double slowestWorkerSeconds,
    String slowestWorkerExecutor,
    double broadcastSeconds,
    double waitSeconds,
    double optimiserSeconds,
    long multiplyAdds,
    long multiplyAddsLeftOut,
    long expectedForwardMultiplyAdds) {
  private static final int NUMBERS = 24;

  static RoundRow of(long index, RoundSummary round) {
    RoundPhases phases = round.phases();
    return new RoundRow(
        index,
        round.round().firstStep(),
        round.round().end(),
        round.weight(),
        round.loss(),
        round.sparsity(),
        round.seconds(),
        phases.data(),
        phases.compute(),
        phases.gather(),
        phases.reduce(),
        phases.masks(),
        round.scheduleSeconds(),
        round.bytesUp(),
        round.bytesDown(),
        round.runAgain(),
        round.slowest().worker(),
        round.slowest().computeSeconds(),
        round.slowest().executor(),
        phases.broadcast(),
        phases.waiting(),
        phases.optimiser(),
        round.multiplyAdds().done(),
        round.multiplyAdds().leftOut(),
        round.multiplyAdds().expected());
  }

  /** Number of bytes that {@link #put} adds. */
  int encodedSize() {
    return NUMBERS * Long.BYTES + Integer.BYTES + executor().length;
  }

  /** Adds the row: its columns in their order, text with its length in bytes before it. */
  void put(ByteBuffer bytes) {
    bytes.putLong(index).putLong(firstStep).putLong(endStep).putLong(weight);
    bytes.putDouble(loss).putDouble(sparsity).putDouble(seconds).putDouble(dataSeconds);
    bytes.putDouble(computeSeconds).putDouble(gatherSeconds).putDouble(reduceSeconds);
    bytes.putDouble(maskSeconds).putDouble(scheduleSeconds).putLong(bytesUp).putLong(bytesDown);
    bytes.putLong(runAgain).putLong(slowestWorker);
    bytes.putDouble(slowestWorkerSeconds).putInt(executor().length).put(executor());
    bytes.putDouble(broadcastSeconds).putDouble(waitSeconds).putDouble(optimiserSeconds);
    bytes.putLong(multiplyAdds).putLong(multiplyAddsLeftOut);
    bytes.putLong(expectedForwardMultiplyAdds);
  }

  /** Takes a row that {@link #put} has added, as it is since checkpoint version 6. */
  static RoundRow take(ByteBuffer bytes) {
    return take(bytes, bytes::getDouble, bytes::getLong, bytes::getLong);
  }

  /** Takes a row of checkpoint version 5, in which no multiply-adds were expected. */
  static RoundRow takeOfVersion5(ByteBuffer bytes) {
    return take(bytes, bytes::getDouble, bytes::getLong, () -> 0);
  }

  /** Takes a row of checkpoint version 4, which had no multiply-adds. */
  static RoundRow takeOfVersion4(ByteBuffer bytes) {
    return take(bytes, bytes::getDouble, () -> 0, () -> 0);
  }

  /** Takes a row of checkpoint version 3, which had gather and broadcast in one. */
  static RoundRow takeOfVersion3(ByteBuffer bytes) {
    return take(bytes, () -> 0, () -> 0, () -> 0);
  }

  /**
   * @param since4 gives what version 4 has beyond version 3
   * @param since5 gives what version 5 has beyond version 4
   * @param since6 gives what version 6 has beyond version 5
   */
  private static RoundRow take(
      ByteBuffer bytes, DoubleSupplier since4, LongSupplier since5, LongSupplier since6) {
    return new RoundRow(
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getDouble(),
        text(bytes),
        since4.getAsDouble(),
        since4.getAsDouble(),
        since4.getAsDouble(),
        since5.getAsLong(),
        since5.getAsLong(),
        since6.getAsLong());
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private byte[] executor() {
    return slowestWorkerExecutor.getBytes(StandardCharsets.UTF_8);
  }
}
