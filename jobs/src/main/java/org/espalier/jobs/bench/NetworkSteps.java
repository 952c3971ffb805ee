package org.espalier.jobs.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.LabelledImages;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.engine.optimiser.LearningRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Whole training steps of a network in its ComputationGraph: forward, backward, optimiser. */
final class NetworkSteps {
  private static final LearningRate RATE = new ConstantRate(1e-3);
  private static final Optimiser ADAM = new Optimiser(UpdateRule.Adam.standard(), RATE, 0);

  /** As the runs of the multilayer perceptron in {@code conf/mlp} have it. */
  private static final Optimiser NESTEROV = new Optimiser(new UpdateRule.Nesterov(0.9), RATE, 5e-4);

  /** As the paper trains ResNet-50. */
  private static final Optimiser OF_RESNET =
      new Optimiser(new UpdateRule.Nesterov(0.9), new ConstantRate(0.1), 1e-4);

  /** As the paper trains the Transformer. */
  private static final Optimiser OF_TRANSFORMER =
      new Optimiser(new UpdateRule.Adam(0.9, 0.997, 1e-9), new ConstantRate(1e-4), 0);

  private NetworkSteps() {}

  static KernelWorkload.Step leNet300(int batch, WeightForm form) {
    return of("lenet300" + suffix(form), model("lenet-300-100"), ADAM, form, batch);
  }

  static KernelWorkload.Step leNet5(int batch) {
    return of("lenet5", model("lenet-5-caffe"), ADAM, WeightForm.PLAIN, batch);
  }

  static KernelWorkload.Step mlp(int batch) {
    return of("mlp", model("mlp"), NESTEROV, WeightForm.PLAIN, batch);
  }

  static KernelWorkload.Step resNet50(int batch, WeightForm form) {
    return of("resnet50" + suffix(form), model("resnet-50"), OF_RESNET, form, batch);
  }

  static KernelWorkload.Step wideResNet(int batch) {
    return of("wrn", model("wrn"), NESTEROV, WeightForm.PLAIN, batch);
  }

  static KernelWorkload.Step transformer(BatchSize size, WeightForm form) {
    NetworkModel model = model("transformer-base");
    ComputationGraph graph = graph(model, OF_TRANSFORMER, form);
    String json = graph.getConfiguration().toJson();
    graph.close();
    Replica replica =
        new Dl4jRecipe(json, SparseTensors.of(List.of()), MaskedGradient.NONE).build();
    replica.drawAs(1, 0);
    MultiDataSet batch = batch(model, size);
    AtomicLong step = new AtomicLong();
    return new KernelWorkload.Step(
        "transformer" + suffix(form) + " " + size,
        (double) size.examples() * size.length(),
        () -> replica.run(ignored -> batch, step.getAndIncrement(), 1));
  }

  /** Steps of a plain network under masks. */
  static MaskedSteps masked(KernelWorkload workload, BatchSize size, double sparsity) {
    NetworkModel model =
        switch (workload) {
          case MLP -> model("mlp");
          case LENET5 -> model("lenet-5-caffe");
          case RESNET50 -> model("resnet-50");
          case WRN -> model("wrn");
          case TRANSFORMER -> model("transformer-base");
          default -> model("lenet-300-100");
        };
    Optimiser optimiser =
        switch (workload) {
          case MLP, WRN -> NESTEROV;
          case RESNET50 -> OF_RESNET;
          case TRANSFORMER -> OF_TRANSFORMER;
          default -> ADAM;
        };
    return new MaskedSteps(
        graph(model, optimiser, WeightForm.PLAIN),
        batch(model, size),
        sparsity,
        workload.stepsPerRound());
  }

  private static String suffix(WeightForm form) {
    if (form instanceof WeightForm.Variational) {
      return "-vd";
    }
    return form instanceof WeightForm.HardConcrete ? "-l0" : "";
  }

  private static NetworkModel model(String name) {
    NetworkModel model = NetworkModels.named(name);
    return model.with(Settings.of(model.keys(), Map.of()).by(model.recipe()));
  }

  private static MultiDataSet batch(NetworkModel model, BatchSize size) {
    if (model.publishedRows().orElseThrow() instanceof SentencePairs pairs) {
      INDArray target = tokens(pairs, size, 2);
      INDArray labels = target.get(NDArrayIndex.all(), NDArrayIndex.point(0)).dup('c');
      return new MultiDataSet(
          new INDArray[] {tokens(pairs, size, 1), target}, new INDArray[] {labels});
    }
    LabelledImages images = images(model);
    return new MultiDataSet(images(images, size.examples()), labels(images, size.examples()));
  }

  /** A sentence a row, of any subwords but padding and the end, `[batch, 3, length]`. */
  private static INDArray tokens(SentencePairs pairs, BatchSize size, long seed) {
    float[][][] tokens = new float[size.examples()][3][size.length()];
    for (int row = 0; row < size.examples(); row++) {
      for (int t = 0; t < size.length(); t++) {
        double unit = Mix64.unit(seed, (long) row * size.length() + t);
        tokens[row][0][t] = 2 + (int) (unit * (pairs.subwords() - 2));
        tokens[row][1][t] = 1;
        tokens[row][2][t] = t;
      }
    }
    return Nd4j.createFromArray(tokens);
  }

  /** What the network was published for. */
  private static LabelledImages images(NetworkModel model) {
    return (LabelledImages) model.publishedRows().orElseThrow();
  }

  private static ComputationGraph graph(NetworkModel model, Optimiser optimiser, WeightForm form) {
    RowKind rows = model.publishedRows().orElseThrow();
    ComputationGraph graph = new ComputationGraph(model.graph(rows, optimiser, form, 1));
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
