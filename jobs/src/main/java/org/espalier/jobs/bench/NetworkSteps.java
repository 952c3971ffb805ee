package org.espalier.jobs.bench;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whole training steps of a network in its ComputationGraph: forward, backward, Adam. */
final class NetworkSteps {
  private static final PixelImages IMAGES = new PixelImages(new ImageShape(1, 28, 28), 10);
  private static final double RATE = 1e-3;

  private NetworkSteps() {}

  static KernelWorkload.Step leNet300(int batch, WeightForm form) {
    String suffix =
        form instanceof WeightForm.Variational
            ? "-vd"
            : form instanceof WeightForm.HardConcrete ? "-l0" : "";
    return of("lenet300" + suffix, "lenet-300-100", batch, form);
  }

  static KernelWorkload.Step leNet5(int batch) {
    return of("lenet5", "lenet-5-caffe", batch, WeightForm.PLAIN);
  }

  private static KernelWorkload.Step of(String name, String network, int batch, WeightForm form) {
    NetworkModel model = NetworkModels.named(network);
    Optimiser adam = new Optimiser(UpdateRule.Adam.standard(), new ConstantRate(RATE), 0);
    ComputationGraph graph = new ComputationGraph(model.graph(IMAGES, adam, form, 1));
    graph.init();
    FusedUpdater.install(graph);
    INDArray[] images = {Nd4j.rand(DataType.FLOAT, batch, IMAGES.shape().bytes())};
    INDArray[] labels = {Nd4j.zeros(DataType.FLOAT, batch)};
    for (int i = 0; i < batch; i++) {
      labels[0].putScalar(i, i % IMAGES.classes());
    }
    return new KernelWorkload.Step(name + " b" + batch, batch, () -> graph.fit(images, labels));
  }
}
