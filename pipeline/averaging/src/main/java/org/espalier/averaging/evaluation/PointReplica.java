package org.espalier.averaging.evaluation;

import java.util.List;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.Tally;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A replica that judges a batch at one operating point after the other. Used by one thread. */
final class PointReplica {
  private final Replica replica;
  private final List<SentPoint> points;
  private FlatVector loaded;

  PointReplica(Replica replica, List<SentPoint> points) {
    this.replica = replica;
    this.points = points;
  }

  /** The tally of a batch at every point. */
  Tally[] at(MultiDataSet batch, Judge judge) {
    return points.stream().map(point -> at(point, batch, judge)).toArray(Tally[]::new);
  }

  private Tally at(SentPoint point, MultiDataSet batch, Judge judge) {
    load(point.parameters().value());
    replica.hold(point.masks().value().masks());
    return replica.evaluate(batch, judge);
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
