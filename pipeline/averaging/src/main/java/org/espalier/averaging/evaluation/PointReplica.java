package org.espalier.averaging.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Observer;
import org.espalier.engine.replica.Replica;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A replica that evaluates a batch at one operating point after the other. Used by one thread. */
final class PointReplica {
  private final Replica replica;
  private final List<SentPoint> points;
  private FlatVector loaded;

  PointReplica(Replica replica, List<SentPoint> points) {
    this.replica = replica;
    this.points = points;
  }

  /** What is seen of a batch at every point. */
  <T> List<T> at(MultiDataSet batch, Observer<T> observer) {
    return each(held -> held.evaluate(batch, observer));
  }

  /** What comes of work with the replica at every point. */
  <T> List<T> each(Function<Replica, T> work) {
    List<T> results = new ArrayList<>(); // Kryo cannot read every list of the JDK's.
    for (SentPoint point : points) {
      load(point.parameters().value());
      replica.hold(point.masks().value().masks());
      results.add(work.apply(replica));
    }
    return results;
  }

  private void load(FlatVector parameters) {
    if (parameters == loaded) {
      return;
    }
    if (parameters.length() != replica.parameters()) {
      throw new IllegalArgumentException(
          "Cannot evaluate %d parameters with a replica of %d: they belong to another network"
              .formatted(parameters.length(), replica.parameters()));
    }
    replica.write(0, parameters.values());
    loaded = parameters;
  }
}
