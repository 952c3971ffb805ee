package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.tensor.MultiplyAdds;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModels;
import org.espalier.tasks.classification.ImageClassification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What replicas say of their arithmetic. Every weight tensor is in three products of a step, but
 * that the first layer has no gradient of its input.
 */
class CountedProductsTest {
  private static final int BATCH = 12;
  private static final int STEPS = 3;
  private static final long EXAMPLES = STEPS * BATCH;

  private static final String LENET_300 = "lenet-300-100";
  private static final Map<String, Integer> PRODUCTS_OF_300 =
      Map.of("fc1/W", 2 * 784 * 300, "fc2/W", 3 * 300 * 100, "fc3/W", 3 * 100 * 10);

  private static final String LENET_5 = "lenet-5-caffe";
  private static final Map<String, Integer> PRODUCTS_OF_5 =
      Map.of(
          "conv1/W", 2 * 24 * 24 * 20 * 25,
          "conv2/W", 3 * 8 * 8 * 50 * 20 * 25,
          "fc1/W", 3 * 800 * 500,
          "fc2/W", 3 * 500 * 10);

  /** The probability that a gate of log alpha 2.197 is open. */
  private static final double OPEN_AT_FIRST = 0.97802;

  private static final PenaltySchedule PENALTY = PenaltySchedule.constant(1e-5);

  @Test
  void denseNetworksDoAllProducts() {
    assertThat(trained(LENET_300, WeightForm.PLAIN))
        .isEqualTo(MultiplyAdds.of("", whole(PRODUCTS_OF_300), 0, forward(PRODUCTS_OF_300)));
    assertThat(trained(LENET_5, WeightForm.PLAIN))
        .isEqualTo(MultiplyAdds.of("", whole(PRODUCTS_OF_5), 0, forward(PRODUCTS_OF_5)));
  }

  @Test
  void drawnSumsTakeTwoProductsForEachOne() {
    WeightForm form = new WeightForm.Variational(-10, 3, PENALTY);
    assertThat(trained(LENET_300, form).done()).isEqualTo(2 * whole(PRODUCTS_OF_300));
    assertThat(trained(LENET_5, form).done()).isEqualTo(2 * whole(PRODUCTS_OF_5));
  }

  @Test
  void gatedWeightsTakeAsManyProductsAsPlainOnes() {
    WeightForm form = new WeightForm.HardConcrete(2.197, PENALTY);
    MultiplyAdds counted = trained(LENET_300, form);
    assertThat(counted.done()).isEqualTo(whole(PRODUCTS_OF_300));
    assertThat((double) counted.expected() / forward(PRODUCTS_OF_300))
        .isCloseTo(OPEN_AT_FIRST, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource
  void keptWeightsAreDoneAndTheOthersLeftOut(MaskedProducts choice) {
    requireSaved(LENET_300, PRODUCTS_OF_300, choice);
    requireSaved(LENET_5, PRODUCTS_OF_5, choice);
  }

  private static void requireSaved(
      String network, Map<String, Integer> products, MaskedProducts choice) {
    try (Replica replica = replica(network, WeightForm.PLAIN, choice)) {
      MaskSet masks = masks(network);
      replica.hold(masks);
      MultiplyAdds counted = run(replica);
      long done = 0;
      long expected = 0;
      List<String> leavingOut = new ArrayList<>();
      for (String tensor : new TreeSet<>(products.keySet())) {
        Mask mask = masks.mask(tensor);
        boolean leftOut = choice.leaveOut(mask.kept(), mask.length());
        long used = leftOut ? mask.kept() : mask.length();
        done += EXAMPLES * products.get(tensor) / mask.length() * used;
        expected += forward(tensor, products) / mask.length() * mask.kept();
        if (leftOut) {
          leavingOut.add(tensor);
        }
      }
      assertThat(counted)
          .isEqualTo(new MultiplyAdds(done, whole(products) - done, expected, leavingOut));
    }
  }

  @Test
  void theGradientOfMaskedWeightsLeavesNothingOut() {
    try (Replica replica = replica(LENET_300, WeightForm.PLAIN, MaskedProducts.AUTO)) {
      replica.hold(masks(LENET_300));
      MultiplyAdds all = differentiated(replica, Replica.Differentiated.ALL);
      MultiplyAdds kept = differentiated(replica, Replica.Differentiated.KEPT);
      assertThat(all.done()).isEqualTo(whole(PRODUCTS_OF_300) / STEPS);
      assertThat(all.leftOut()).isZero();
      assertThat(kept.expected()).isEqualTo(all.expected()).isLessThan(all.done() / 8);
      assertThat(kept.done() + kept.leftOut()).isEqualTo(all.done());
      assertThat(kept.leavingOut()).containsExactly("fc1/W", "fc2/W");
    }
  }

  @Test
  void evaluationsAreNotCounted() {
    try (Replica replica = replica(LENET_300, WeightForm.PLAIN, MaskedProducts.AUTO)) {
      MultiplyAdds first = run(replica);
      evaluate(replica);
      assertThat(run(replica)).isEqualTo(first);
      MultiplyAdds gradient = differentiated(replica, Replica.Differentiated.KEPT);
      evaluate(replica);
      assertThat(differentiated(replica, Replica.Differentiated.KEPT)).isEqualTo(gradient);
      evaluate(replica);
      assertThat(replica.run(CountedProductsTest::batch, STEPS, 0).multiplyAdds())
          .isEqualTo(MultiplyAdds.NONE);
    }
  }

  private static void evaluate(Replica replica) {
    replica.evaluate(batch(7), new ImageClassification().judge());
  }

  private static MultiplyAdds trained(String network, WeightForm form) {
    try (Replica replica = replica(network, form, MaskedProducts.AUTO)) {
      return run(replica);
    }
  }

  private static MultiplyAdds run(Replica replica) {
    return replica.run(CountedProductsTest::batch, 0, STEPS).multiplyAdds();
  }

  private static MultiplyAdds differentiated(Replica replica, Replica.Differentiated wanted) {
    return replica.differentiate(CountedProductsTest::batch, 0, wanted).multiplyAdds();
  }

  private static long whole(Map<String, Integer> products) {
    return EXAMPLES * products.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Those of forward passes; the first tensor in the order of names is the network's first. */
  private static long forward(Map<String, Integer> products) {
    return products.keySet().stream().mapToLong(tensor -> forward(tensor, products)).sum();
  }

  private static long forward(String tensor, Map<String, Integer> products) {
    boolean first = tensor.equals(new TreeSet<>(products.keySet()).first());
    return EXAMPLES * products.get(tensor) / (first ? 2 : 3);
  }

  private static Replica replica(String network, WeightForm form, MaskedProducts choice) {
    return new Dl4jRecipe(
            graph(network, form).toJson(),
            tensors(network, form),
            MaskedGradient.NONE,
            new Slices(3),
            choice)
        .build();
  }

  private static ComputationGraphConfiguration graph(String network, WeightForm form) {
    return NetworkModels.named(network)
        .graph(
            new PixelImages(new ImageShape(1, 28, 28), 10),
            SmallNetwork.optimiser(SmallNetwork.SGD, 0.01, 1e-4),
            form,
            7);
  }

  private static SparseTensors tensors(String network, WeightForm form) {
    ComputationGraph graph = new ComputationGraph(graph(network, form));
    graph.init();
    return NetworkTensors.of(graph).sparsifiable();
  }

  /** Masks that keep about a tenth. */
  private static MaskSet masks(String network) {
    Map<String, Mask> masks = new HashMap<>();
    for (SparseTensor tensor : tensors(network, WeightForm.PLAIN)) {
      long key = Mix64.of(tensor.name());
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> Mix64.unit(key, i) < 0.1));
    }
    return MaskSet.of(masks);
  }

  private static MultiDataSet batch(long step) {
    INDArray images = Nd4j.create(BATCH, 784);
    INDArray labels = Nd4j.create(BATCH);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, Mix64.below(10, 1, step * BATCH + i));
      for (int p = 0; p < 784; p++) {
        images.putScalar(i, p, Mix64.unit(2, (step * BATCH + i) * 784 + p));
      }
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {images}, new INDArray[] {labels});
  }
}
