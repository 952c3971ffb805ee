package org.espalier.averaging.evaluation;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.shards.BroadcastMasks;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.PlainWeights;

/** Values that are sent to all executors for one job, and forgotten there with it. */
final class SentValues implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Broadcast<?>> sent = new ArrayList<>();

  SentValues(JavaSparkContext spark) {
    this.spark = spark;
  }

  <T> Broadcast<T> send(T value) {
    Broadcast<T> broadcast = spark.broadcast(value);
    sent.add(broadcast);
    return broadcast;
  }

  /** Operating points, of which those with equal parameters share them. */
  List<SentPoint> send(List<PlainWeights> points) {
    IdentityHashMap<FlatVector, Broadcast<FlatVector>> parameters = new IdentityHashMap<>();
    List<SentPoint> sentPoints = new ArrayList<>();
    for (PlainWeights point : points) {
      sentPoints.add(
          new SentPoint(
              parameters.computeIfAbsent(point.parameters(), this::send),
              send(BroadcastMasks.of(point.masks()))));
    }
    return sentPoints;
  }

  @Override
  public void close() {
    sent.forEach(Broadcast::destroy);
  }
}
