package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Replicas of one process, each of which cuts its sums as its own recipe says. */
class SlicedReplicasTest {
  private static final ImageShape IMAGE = new ImageShape(1, 28, 28);
  private static final int CLASSES = 10;
  private static final int BATCH = 12;

  @Test
  void theRecipeAndNothingElseDecidesHowSumsAreCut() {
    ComputationGraphConfiguration configuration = configuration();
    SparseTensors tensors = tensors(configuration);
    String json = configuration.toJson();
    Dl4jRecipe usual = new Dl4jRecipe(json, tensors, MaskedGradient.NONE);
    Dl4jRecipe three =
        new Dl4jRecipe(json, tensors, MaskedGradient.NONE, new Slices(3), MaskedProducts.AUTO);
    try (Replica first = usual.build();
        Replica second = three.build();
        Replica third = three.build();
        Replica fourth = usual.build()) {
      for (int step = 0; step < 3; step++) {
        for (Replica replica : new Replica[] {first, second, third, fourth}) {
          replica.run(SlicedReplicasTest::batch, step, 1);
        }
      }
      assertThat(sha(fourth)).isEqualTo(sha(first));
      assertThat(sha(third)).isEqualTo(sha(second));
      assertThat(sha(second)).isNotEqualTo(sha(first));
    }
  }

  private static ComputationGraphConfiguration configuration() {
    Optimiser adam = SmallNetwork.optimiser(SmallNetwork.ADAM, 1e-3, 0);
    return NetworkModels.named("lenet-5-caffe")
        .graph(new PixelImages(IMAGE, CLASSES), adam, WeightForm.PLAIN, 3);
  }

  private static SparseTensors tensors(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    graph.close();
    return tensors;
  }

  private static MultiDataSet batch(long step) {
    INDArray images = Nd4j.create(BATCH, IMAGE.bytes());
    INDArray labels = Nd4j.create(BATCH, CLASSES);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, Mix64.below(CLASSES, 1, step * BATCH + i), 1);
      for (int p = 0; p < IMAGE.bytes(); p++) {
        images.putScalar(i, p, Mix64.unit(step, (long) i * IMAGE.bytes() + p));
      }
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {images}, new INDArray[] {labels});
  }

  private static String sha(Replica replica) {
    return replica.vector().headSha256(replica.length());
  }
}
