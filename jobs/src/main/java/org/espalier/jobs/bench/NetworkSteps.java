package org.espalier.jobs.bench;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.LabelledImages;
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

/** Whole training steps of a network in its ComputationGraph: forward, backward, optimiser. */
final class NetworkSteps {
  private static final LearningRate RATE = new ConstantRate(1e-3);
  private static final Optimiser ADAM = new Optimiser(UpdateRule.Adam.standard(), RATE, 0);

  /** As the runs of the multilayer perceptron in {@code conf/mlp} have it. */
  private static final Optimiser NESTEROV = new Optimiser(new UpdateRule.Nesterov(0.9), RATE, 5e-4);

  /** As the paper trains ResNet-50. */
  private static final Optimiser OF_RESNET =
      new Optimiser(new UpdateRule.Nesterov(0.9), new ConstantRate(0.1), 1e-4);

  private NetworkSteps() {}

  static KernelWorkload.Step leNet300(int batch, WeightForm form) {
    String suffix =
        form instanceof WeightForm.Variational
            ? "-vd"
            : form instanceof WeightForm.HardConcrete ? "-l0" : "";
    return of("lenet300" + suffix, model("lenet-300-100"), ADAM, form, batch);
  }

  static KernelWorkload.Step leNet5(int batch) {
    return of("lenet5", model("lenet-5-caffe"), ADAM, WeightForm.PLAIN, batch);
  }

  static KernelWorkload.Step mlp(int batch) {
    return of("mlp", model("mlp"), NESTEROV, WeightForm.PLAIN, batch);
  }

  static KernelWorkload.Step resNet50(int batch, WeightForm form) {
    String suffix = form instanceof WeightForm.Variational ? "-vd" : "";
    return of("resnet50" + suffix, model("resnet-50"), OF_RESNET, form, batch);
  }

  static KernelWorkload.Step wideResNet(int batch) {
    return of("wrn", model("wrn"), NESTEROV, WeightForm.PLAIN, batch);
  }

  /** Steps of a plain network under masks. */
  static MaskedSteps masked(KernelWorkload workload, int batch, double sparsity) {
    NetworkModel model =
        switch (workload) {
          case MLP -> model("mlp");
          case LENET5 -> model("lenet-5-caffe");
          case RESNET50 -> model("resnet-50");
          case WRN -> model("wrn");
          default -> model("lenet-300-100");
        };
    Optimiser optimiser =
        switch (workload) {
          case MLP, WRN -> NESTEROV;
          case RESNET50 -> OF_RESNET;
          default -> ADAM;
        };
    LabelledImages images = images(model);
    return new MaskedSteps(
        graph(model, optimiser, WeightForm.PLAIN),
        new MultiDataSet(images(images, batch), labels(images, batch)),
        sparsity,
        workload.stepsPerRound());
  }

  private static NetworkModel model(String name) {
    NetworkModel model = NetworkModels.named(name);
    return model.with(Settings.of(model.keys(), Map.of()));
  }

  /** What the network was published for. */
  private static LabelledImages images(NetworkModel model) {
    return (LabelledImages) model.publishedRows().orElseThrow();
  }

  private static ComputationGraph graph(NetworkModel model, Optimiser optimiser, WeightForm form) {
    ComputationGraph graph = new ComputationGraph(model.graph(images(model), optimiser, form, 1));
    graph.init();
    return graph;
  }

  private static KernelWorkload.Step of(
      String name, NetworkModel model, Optimiser optimiser, WeightForm form, int batch) {
    ComputationGraph graph = graph(model, optimiser, form);
    FusedUpdater.install(graph);
    INDArray[] images = {images(images(model), batch)};
    INDArray[] labels = {labels(images(model), batch)};
    return new KernelWorkload.Step(name + " b" + batch, batch, () -> graph.fit(images, labels));
  }

  private static INDArray images(LabelledImages images, int batch) {
    return Nd4j.rand(DataType.FLOAT, batch, images.shape().bytes());
  }

  private static INDArray labels(LabelledImages images, int batch) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % images.classes());
    }
    return labels;
  }
}
