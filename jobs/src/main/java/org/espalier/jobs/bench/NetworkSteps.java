package org.espalier.jobs.bench;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.engine.optimiser.LearningRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Whole training steps of a network in its ComputationGraph: forward, backward, Adam. */
final class NetworkSteps {
  private static final PixelImages IMAGES = new PixelImages(new ImageShape(1, 28, 28), 10);
  private static final LearningRate RATE = new ConstantRate(1e-3);
  private static final Optimiser ADAM = new Optimiser(UpdateRule.Adam.standard(), RATE, 0);

  /** As the runs of the multilayer perceptron in {@code conf/mlp} have it. */
  private static final Optimiser NESTEROV = new Optimiser(new UpdateRule.Nesterov(0.9), RATE, 5e-4);

  private NetworkSteps() {}

  static KernelWorkload.Step leNet300(int batch, WeightForm form) {
    String suffix =
        form instanceof WeightForm.Variational
            ? "-vd"
            : form instanceof WeightForm.HardConcrete ? "-l0" : "";
    return of("lenet300" + suffix, graph(NetworkModels.named("lenet-300-100"), ADAM, form), batch);
  }

  static KernelWorkload.Step leNet5(int batch) {
    ComputationGraph graph = graph(NetworkModels.named("lenet-5-caffe"), ADAM, WeightForm.PLAIN);
    return of("lenet5", graph, batch);
  }

  static KernelWorkload.Step mlp(int batch) {
    return of("mlp", graph(perceptron(), NESTEROV, WeightForm.PLAIN), batch);
  }

  /** Steps of a plain network under masks. */
  static MaskedSteps masked(KernelWorkload workload, int batch, double sparsity) {
    ComputationGraph graph =
        switch (workload) {
          case MLP -> graph(perceptron(), NESTEROV, WeightForm.PLAIN);
          case LENET5 -> graph(NetworkModels.named("lenet-5-caffe"), ADAM, WeightForm.PLAIN);
          default -> graph(NetworkModels.named("lenet-300-100"), ADAM, WeightForm.PLAIN);
        };
    return new MaskedSteps(graph, new MultiDataSet(images(batch), labels(batch)), sparsity);
  }

  private static NetworkModel perceptron() {
    NetworkModel model = NetworkModels.named("mlp");
    return model.with(Settings.of(model.keys(), Map.of()));
  }

  private static ComputationGraph graph(NetworkModel model, Optimiser optimiser, WeightForm form) {
    ComputationGraph graph = new ComputationGraph(model.graph(IMAGES, optimiser, form, 1));
    graph.init();
    return graph;
  }

  private static KernelWorkload.Step of(String name, ComputationGraph graph, int batch) {
    FusedUpdater.install(graph);
    INDArray[] images = {images(batch)};
    INDArray[] labels = {labels(batch)};
    return new KernelWorkload.Step(name + " b" + batch, batch, () -> graph.fit(images, labels));
  }

  private static INDArray images(int batch) {
    return Nd4j.rand(DataType.FLOAT, batch, IMAGES.shape().bytes());
  }

  private static INDArray labels(int batch) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % IMAGES.classes());
    }
    return labels;
  }
}
