package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.evaluation.ClusterEvaluation;
import org.espalier.base.Metric;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.PlainWeights;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.engine.replica.Tally;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** All operating points are evaluated in one pass over the data, to the bits of one at a time. */
@Timeout(100)
class ClusterEvaluationTest {
  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.01, 0);
  private static final Dl4jRecipe RECIPE = SmallNetwork.recipe(ADAM, MaskedGradient.NONE);
  private static final int BATCHES = 7;
  private static final AtomicInteger READ = new AtomicInteger();

  @Test
  void everyBatchIsReadOnceForAllPoints() {
    FlatVector first = parameters(1);
    FlatVector other = parameters(-0.5f);
    List<PlainWeights> points =
        List.of(
            new PlainWeights(first, masks(1)),
            new PlainWeights(first, masks(3)),
            new PlainWeights(other, masks(3)),
            new PlainWeights(first, masks(2)));
    READ.set(0);
    List<Tally> together;
    try (JavaSparkContext spark = LocalSpark.on("local[3]")) {
      together = evaluated(spark, points);
    }
    assertThat(READ).hasValue(BATCHES);
    assertThat(together)
        .doesNotHaveDuplicates()
        .isEqualTo(points.stream().map(ClusterEvaluationTest::alone).toList());
  }

  @Test
  void optimiserStateIsRefused() {
    try (JavaSparkContext spark = LocalSpark.on("local[1]");
        Replica replica = RECIPE.build()) {
      List<PlainWeights> whole = List.of(new PlainWeights(replica.vector(), masks(1)));
      assertThatThrownBy(() -> evaluated(spark, whole))
          .hasMessageContaining(
              "Cannot evaluate %d parameters with a replica of %d: they belong to another network",
              replica.length(), replica.parameters());
    }
  }

  private static List<Tally> evaluated(JavaSparkContext spark, List<PlainWeights> points) {
    return new ClusterEvaluation(spark, "evaluation of points", RECIPE, new RightOutput())
        .of(
            points,
            BATCHES,
            () ->
                batch -> {
                  READ.incrementAndGet();
                  return batch(batch);
                });
  }

  /** The plain reference: a replica of its own for every point. */
  private static Tally alone(PlainWeights point) {
    try (Replica replica = RECIPE.build()) {
      replica.load(point.parameters().padded(replica.length()).values(), 0);
      replica.hold(point.masks());
      return Stream.iterate(0, batch -> batch + 1)
          .limit(BATCHES)
          .map(batch -> replica.evaluate(batch(batch), new RightOutput()))
          .reduce(Tally.NOTHING, Tally::plus);
    }
  }

  private static MultiDataSet batch(long number) {
    return SmallNetwork.examples(number * 20, 20);
  }

  private static FlatVector parameters(float factor) {
    try (Replica replica = RECIPE.build()) {
      float[] values = replica.vector().head(replica.parameters());
      for (int i = 0; i < values.length; i++) {
        values[i] *= factor;
      }
      return FlatVector.of(values);
    }
  }

  /** Masks that keep every n-th weight. */
  private static MaskSet masks(int n) {
    SparseTensors tensors = SmallNetwork.tensors(ADAM);
    return MaskSet.of(
        tensors.names().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    name -> name, name -> Mask.where(length(tensors, name), i -> i % n == 0))));
  }

  private static int length(SparseTensors tensors, String name) {
    for (SparseTensor tensor : tensors) {
      if (tensor.name().equals(name)) {
        return tensor.length();
      }
    }
    throw new AssertionError(name);
  }

  /** The sum of the outputs that should be 1. */
  private static final class RightOutput implements Judge {
    private static final long serialVersionUID = 1L;

    @Override
    public Tally judge(INDArray output, MultiDataSet batch) {
      return Tally.of(output.mul(batch.getLabels(0)).sumNumber().doubleValue());
    }

    @Override
    public Metric leading() {
      return Metric.ACCURACY;
    }

    @Override
    public Map<Metric, Double> metrics(Tally whole) {
      return Map.of(Metric.ACCURACY, whole.sum(0));
    }
  }
}
