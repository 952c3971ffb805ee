package org.espalier.experiment;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.engine.replica.WeightReader;
import org.espalier.engine.stochastic.PointEstimate;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.sparsity.MaskedGradient;

/**
 * A network whose weights are drawn in training, and the plain one that it is read as.
 *
 * @param method how its weights are drawn and read
 * @param plain builds replicas of the plain network
 * @param reader from one to the other
 */
record DrawnNetwork(StochasticMethod method, Dl4jRecipe plain, WeightReader reader) {

  /** For two initialised graphs of the same layers, of which the plain one is closed. */
  static DrawnNetwork of(
      StochasticMethod method,
      ComputationGraph drawn,
      ComputationGraph plain,
      Slices slices,
      MaskedProducts products) {
    WeightReader reader = WeightReader.between(drawn, plain);
    Dl4jRecipe recipe =
        new Dl4jRecipe(
            plain.getConfiguration().toJson(),
            reader.tensors(),
            MaskedGradient.NONE,
            slices,
            products);
    plain.close();
    return new DrawnNetwork(method, recipe, reader);
  }

  /** What is left of a trained vector at each of the method's operating points. */
  EvaluatedNetwork estimates(String run, FlatVector trained) {
    List<EvaluationPoint> points = new ArrayList<>();
    FlatVector last = FlatVector.of();
    for (PointEstimate estimate : method.estimates()) {
      PlainWeights weights = reader.read(trained, estimate);
      last = weights.parameters().bytes().equals(last.bytes()) ? last : weights.parameters();
      points.add(
          new EvaluationPoint(estimate.threshold(), new PlainWeights(last, weights.masks())));
    }
    return new EvaluatedNetwork(run + ", read", plain, points);
  }
}
