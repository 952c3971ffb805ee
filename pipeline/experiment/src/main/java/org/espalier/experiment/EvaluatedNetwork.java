package org.espalier.experiment;

import java.util.List;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.PlainWeights;

/**
 * A trained network as it is evaluated.
 *
 * @param name of the replicas that evaluate it
 * @param recipe builds these replicas
 * @param points its operating points, at least one; those with equal parameters share them
 */
record EvaluatedNetwork(String name, Dl4jRecipe recipe, List<EvaluationPoint> points) {
  EvaluatedNetwork {
    points = List.copyOf(points);
  }

  /** Parameters and masks of each point. */
  List<PlainWeights> weights() {
    return points.stream().map(EvaluationPoint::weights).toList();
  }
}
