package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.NetworkSize;
import org.espalier.engine.replica.NetworkSize.Weights;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;

/** Sizes of networks beside what was counted by hand. */
class NetworkSizeTest {
  private static final PixelImages MNIST = new PixelImages(new ImageShape(1, 28, 28), 10);

  @Test
  void leNet300100HasTheOutputsOfItsLayersAndItsInputs() {
    long outputs = 784 + 300 + 100 + 10 + 10;
    assertThat(size(new LeNet300100(), WeightForm.PLAIN, Weights.DENSE))
        .isEqualTo(new NetworkSize(266_610, 2 * 266_610, outputs + 2 * 784, 0, 0, 0));
  }

  @Test
  void leNet5CaffeHasItsFeatureMaps() {
    long outputs = 784 + 24 * 24 * 20 + 12 * 12 * 20 + 8 * 8 * 50 + 4 * 4 * 50 + 500 + 10 + 10;
    assertThat(size(new LeNet5Caffe(), WeightForm.PLAIN, Weights.MASKED))
        .isEqualTo(
            new NetworkSize(431_080, 2 * 431_080, outputs + 2 * 24 * 24 * 20, 431_080, 0, 0));
  }

  @Test
  void drawnWeightsHaveCompanionsAndDeviations() {
    WeightForm drawn = new WeightForm.Variational(-10, 3, PenaltySchedule.NONE);
    NetworkSize size = size(new LeNet300100(), drawn, Weights.DRAWN);
    assertThat(size.parameters()).isEqualTo(2 * 266_200 + 410);
    assertThat(size.vector()).isEqualTo(3 * size.parameters());
    assertThat(size.activations()).isEqualTo(2 * 1_204 + 2 * 784);
  }

  @Test
  void aBackboneHoldsItsResultsInTrainingAndInEvaluation() {
    CifarResNet network = new CifarResNet();
    PixelImages images = new PixelImages(new ImageShape(3, 32, 32), 10);
    Optimiser adam = new Optimiser(UpdateRule.Adam.standard(), new ConstantRate(0.001), 0);
    NetworkSize size =
        NetworkSize.of(
            network.graph(images, adam, WeightForm.PLAIN, 1),
            2,
            Weights.DENSE,
            network.inputs(images).toArray(InputType[]::new));
    // The images, 14 results of 16 maps, 14 of 32 and 14 of 64 at half the sides each, the means.
    long results = 3 * 1024 + 14 * (16 * 1024 + 32 * 256 + 64 * 64) + 64;
    assertThat(size.results()).isEqualTo(results);
    assertThat(size.activations()).isGreaterThan(results);
    assertThat(size(new LeNet300100(), WeightForm.PLAIN, Weights.DENSE).results()).isZero();
  }

  @Test
  void activationsAreNotKnownWithoutInputs() {
    assertThat(
            NetworkSize.of(graph(new LeNet300100(), WeightForm.PLAIN), 0, Weights.DENSE)
                .activations())
        .isZero();
  }

  private static NetworkSize size(ImageNetwork network, WeightForm form, Weights weights) {
    return NetworkSize.of(
        graph(network, form), 2, weights, network.inputs(MNIST).toArray(InputType[]::new));
  }

  private static ComputationGraphConfiguration graph(ImageNetwork network, WeightForm form) {
    Optimiser adam = new Optimiser(UpdateRule.Adam.standard(), new ConstantRate(0.001), 0);
    return network.graph(MNIST, adam, form, 1);
  }
}
