package org.espalier.engine.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.RunningMoments;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorNames;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.WeightLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small networks with all nodes: a stem, a bottleneck, a basic and a preactivated block. */
class BackboneTest {
  private static final int BATCH = 3;
  private static final int CLASSES = 4;
  private static final MapSize IMAGE = new MapSize(2, 9, 8);
  private static final Optimiser SGD =
      new Optimiser(new UpdateRule.Sgd(), new ConstantRate(1), 0.01);

  static Stream<WeightForm> forms() {
    return Stream.of(
        WeightForm.PLAIN,
        new WeightForm.Variational(-2, 3, PenaltySchedule.linear(0.02, 0, 4)),
        new WeightForm.HardConcrete(0.3, PenaltySchedule.cubic(0.02, 0, 4)),
        new WeightForm.Selected(
            new WeightForm.HardConcrete(0.3, PenaltySchedule.cubic(0.02, 0, 4), 0.03),
            new TensorNames("*.conv1")));
  }

  private static Backbone backbone(WeightForm form) {
    BackboneBuilder maps = Backbone.of("maps", IMAGE);
    String stem = maps.convolve("stem", Backbone.IMAGES, 3, 7, 2);
    String pooled = maps.maxPool("pool", maps.normaliseRectified("stem.norm", stem));
    String one = maps.normaliseRectified("a.norm1", maps.convolve("a.conv1", pooled, 4, 1, 1));
    String two = maps.normaliseRectified("a.norm2", maps.convolve("a.conv2", one, 4, 3, 2));
    String projected = maps.convolve("a.projection", pooled, 5, 1, 2);
    String joined =
        maps.joinRectified(
            "a.norm3",
            maps.convolve("a.conv3", two, 5, 1, 1),
            maps.normalise("a.projectionNorm", projected));
    String basic = maps.normaliseRectified("b.norm1", maps.convolve("b.conv1", joined, 5, 3, 1));
    String next = maps.joinRectified("b.norm2", maps.convolve("b.conv2", basic, 5, 3, 1), joined);
    String active = maps.normaliseRectified("c.norm1", next);
    String inner = maps.normaliseRectified("c.norm2", maps.convolve("c.conv1", active, 6, 3, 1));
    String sum =
        maps.add(
            "c",
            maps.convolve("c.conv2", inner, 6, 3, 1),
            maps.convolve("c.projection", active, 6, 1, 1));
    String again = maps.normaliseRectified("d.norm1", sum);
    String last = maps.add("d", maps.convolve("d.conv1", again, 6, 3, 1), sum);
    return maps.average(maps.normaliseRectified("norm", last), form, SGD);
  }

  private final List<ComputationGraph> built = new ArrayList<>();

  @AfterEach
  void close() {
    built.forEach(ComputationGraph::close);
  }

  private ComputationGraph graph(DataType type, WeightForm form) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(SGD.updater())
                .graphBuilder()
                .addInputs("images")
                .addVertex("maps", backbone(form), "images")
                .addLayer("fc", new SparseDense.Builder(6, CLASSES).form(form).build(), "maps")
                .addLayer("classes", SoftmaxLoss.plain(), "fc")
                .setOutputs("classes")
                .build());
    built.add(graph);
    graph.init();
    graph.initGradientsView();
    scatterScales(graph);
    return graph;
  }

  /** Scales that begin at zero would hide what is before them. */
  private static void scatterScales(ComputationGraph graph) {
    for (ParameterTensor tensor : NetworkTensors.of(graph).all()) {
      if (tensor.role() == TensorRole.NORMALISATION) {
        INDArray values = tensor.flat(graph.params());
        for (int i = 0; i < tensor.length(); i++) {
          values.putScalar(i, tensor.key().endsWith(Backbone.SCALE) ? 0.5 + 0.1 * i : 0.05 * i);
        }
      }
    }
  }

  private static INDArray images(DataType type) {
    double[] pixels = new double[BATCH * IMAGE.length()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Mix64.unit(1, i) - 0.4;
    }
    return Nd4j.createFromArray(pixels).reshape(BATCH, IMAGE.length()).castTo(type);
  }

  private static INDArray labels(DataType type) {
    return Nd4j.createFromArray(1.0, 3.0, 0.0).castTo(type);
  }

  private static void differentiate(ComputationGraph graph, INDArray images, INDArray labels) {
    graph.getConfiguration().setIterationCount(2); // On the ramp of the penalty.
    graph.setInputs(images);
    graph.setLabels(labels);
    graph.computeGradientAndScore();
  }

  private static double loss(ComputationGraph graph, INDArray images, INDArray labels) {
    differentiate(graph, images, labels);
    return graph.score() + NetworkTensors.of(graph).penaltyOfVertices();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void gradientsAreThoseOfDifferences(WeightForm form) {
    ComputationGraph graph = graph(DataType.DOUBLE, form);
    INDArray images = images(DataType.DOUBLE);
    INDArray labels = labels(DataType.DOUBLE);
    NetworkTensors tensors = NetworkTensors.of(graph);
    tensors.draw(new NoiseContext(5, 1));
    differentiate(graph, images, labels);
    INDArray gradient = graph.getGradientsViewArray().dup().divi(BATCH);
    for (ParameterTensor tensor : tensors.all()) {
      if (tensor.role() != TensorRole.MOMENTS) {
        int step = Math.max(1, tensor.length() / 12);
        for (int i = tensor.offset(); i < tensor.end(); i += step) {
          check(graph, images, labels, i, gradient.getDouble(i), tensor.name());
        }
      }
    }
  }

  private static void check(
      ComputationGraph graph,
      INDArray images,
      INDArray labels,
      int index,
      double gradient,
      String tensor) {
    double width = 1e-6;
    double before = graph.params().getDouble(index);
    graph.params().putScalar(index, before + width);
    double above = loss(graph, images, labels);
    graph.params().putScalar(index, before - width);
    double below = loss(graph, images, labels);
    graph.params().putScalar(index, before);
    double difference = (above - below) / (2 * width);
    assertThat(gradient)
        .as("gradient of number %d, in %s", index, tensor)
        .isCloseTo(difference, within(1e-8 + 2e-5 * Math.abs(difference)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void float32FollowsFloat64(WeightForm form) {
    ComputationGraph exact = graph(DataType.DOUBLE, form);
    ComputationGraph fast = graph(DataType.FLOAT, form);
    exact.params().assign(fast.params().castTo(DataType.DOUBLE));
    for (ComputationGraph each : List.of(exact, fast)) {
      NetworkTensors.of(each).draw(new NoiseContext(5, 1));
    }
    double loss = loss(exact, images(DataType.DOUBLE), labels(DataType.DOUBLE));
    assertThat(loss(fast, images(DataType.FLOAT), labels(DataType.FLOAT)))
        .isCloseTo(loss, within(1e-5 * loss));
    INDArray expected = exact.getGradientsViewArray();
    INDArray actual = fast.getGradientsViewArray().castTo(DataType.DOUBLE);
    double largest = expected.norm2Number().doubleValue();
    assertThat(expected.sub(actual).norm2Number().doubleValue() / largest).isLessThan(1e-4);
    INDArray output = exact.outputSingle(images(DataType.DOUBLE));
    INDArray near = fast.outputSingle(images(DataType.FLOAT)).castTo(DataType.DOUBLE);
    assertThat(output.distance2(near)).isLessThan(1e-5);
  }

  @Test
  void aStepMovesWeightsByGradientAndDecayAndMomentsByTheBatch() {
    ComputationGraph graph = graph(DataType.FLOAT, WeightForm.PLAIN);
    FusedUpdater.install(graph);
    INDArray images = images(DataType.FLOAT);
    INDArray labels = labels(DataType.FLOAT);
    differentiate(graph, images, labels);
    INDArray gradient = graph.getGradientsViewArray().dup();
    INDArray before = graph.params().dup();
    graph.fit(new INDArray[] {images}, new INDArray[] {labels});
    INDArray step = before.sub(graph.params());
    for (ParameterTensor tensor : NetworkTensors.of(graph).all()) {
      int at = tensor.offset();
      double own = gradient.getDouble(at);
      double decay = tensor.name().startsWith("maps/") ? 0.01 * before.getDouble(at) : 0;
      double expected =
          switch (tensor.role()) {
            case MOMENTS -> own;
            case WEIGHT -> own / BATCH + decay;
            default -> own / BATCH;
          };
      assertThat(step.getDouble(at)).as(tensor.name()).isCloseTo(expected, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.05, 0})
  void productsThatLeaveMaskedWeightsOutFollowThoseThatDoNot(double density) {
    ComputationGraph whole = graph(DataType.FLOAT, WeightForm.PLAIN);
    ComputationGraph kept = graph(DataType.FLOAT, WeightForm.PLAIN);
    NetworkTensors tensors = NetworkTensors.of(kept);
    for (NetworkTensors each : List.of(NetworkTensors.of(whole), tensors)) {
      for (String name : each.sparsifiable().names()) {
        long key = Mix64.of(name);
        Mask mask = Mask.where(each.named(name).length(), i -> Mix64.unit(key, i) < density);
        each.mask(name).hold(mask);
        each.mask(name).leaveOut(each == tensors ? MaskedProducts.SPARSE : MaskedProducts.DENSE);
      }
    }
    for (int repeat = 0; repeat < 2; repeat++) {
      double loss = loss(whole, images(DataType.FLOAT), labels(DataType.FLOAT));
      assertThat(loss(kept, images(DataType.FLOAT), labels(DataType.FLOAT)))
          .isCloseTo(loss, within(1e-5 * loss));
      assertThat(tensors.leftIn("maps/a.conv2")).isPresent();
      INDArray expected = whole.getGradientsViewArray();
      INDArray actual = kept.getGradientsViewArray();
      double largest = expected.amaxNumber().doubleValue();
      for (ParameterTensor tensor : tensors.all()) {
        for (int i = 0; i < tensor.length(); i++) {
          if (!tensor.isSparsifiable() || tensors.mask(tensor.name()).held().isKept(i)) {
            int at = tensor.offset() + i;
            assertThat(actual.getDouble(at))
                .as("%s %d", tensor.name(), i)
                .isCloseTo(expected.getDouble(at), within(2e-5 * largest));
          }
        }
      }
    }
  }

  @Test
  void momentsAreFoundByThoseWhoMergeThem() {
    ComputationGraph graph = graph(DataType.FLOAT, WeightForm.PLAIN);
    List<RunningMoments> moments = Dl4jLayout.of(graph, MaskedGradient.NONE).moments();
    ParameterTensor mean = NetworkTensors.of(graph).named("maps/stem.norm.mean");
    assertThat(moments).hasSize(11);
    assertThat(moments.get(0))
        .isEqualTo(
            new RunningMoments(mean.offset(), mean.offset() + 3, 3, RunningMoments.Form.VARIANCE));
  }

  @Test
  void kernelsBeginWithinTwoDeviationsOfTheirGain() {
    ParameterTensor kernels =
        ParameterTensor.weight("maps", "a", WeightLayout.OUT_IN_HEIGHT_WIDTH, 40, 30, 3, 3);
    for (double gain : new double[] {1, 2}) {
      INDArray values = Nd4j.create(DataType.FLOAT, kernels.length());
      InitialKernels.draw(kernels, gain, values, 5);
      double variance = gain / (30 * 9);
      assertThat(values.varNumber().doubleValue()).isCloseTo(variance, withinPercentage(3));
      assertThat(values.meanNumber().doubleValue()).isCloseTo(0, within(2e-3));
      assertThat(values.amaxNumber().doubleValue())
          .isBetween(2.1 * Math.sqrt(variance), 2 * Math.sqrt(variance) / 0.8796);
    }
  }

  @Test
  void theConfigurationSurvivesJson() {
    ComputationGraph graph =
        graph(DataType.FLOAT, new WeightForm.Variational(-2, 3, PenaltySchedule.NONE));
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
        .isEqualTo(configuration);
  }

  @Test
  void batchesOfManySizesGiveTheResultsOfTheirImages() {
    ComputationGraph graph = graph(DataType.FLOAT, WeightForm.PLAIN);
    INDArray images = images(DataType.FLOAT);
    INDArray all = graph.outputSingle(images).dup();
    for (int i = 0; i < BATCH; i++) {
      INDArray one = graph.outputSingle(images.getRow(i, true).dup());
      assertThat(one.distance2(all.getRow(i, true))).isLessThan(1e-5);
    }
    assertThat(graph.outputSingle(images)).isEqualTo(all);
  }

  @Test
  void nodesThatDoNotFitAreRefused() {
    BackboneBuilder maps = Backbone.of("maps", IMAGE);
    String stem = maps.convolve("stem", Backbone.IMAGES, 3, 3, 1);
    assertThatThrownBy(() -> maps.convolve("stem", Backbone.IMAGES, 3, 3, 1))
        .hasMessage("Cannot add the node stem: there is one of that name already.");
    assertThatThrownBy(() -> maps.normalise("norm", "root"))
        .hasMessage("Cannot read the node root: it has not been added yet.");
    assertThatThrownBy(() -> maps.add("sum", stem, Backbone.IMAGES))
        .hasMessageContaining("both must be of one size");
  }

  @Test
  void aFormIsForTheTensorsThatItsNamesSelect() throws Exception {
    WeightForm gated = new WeightForm.HardConcrete(0.3, PenaltySchedule.constant(0.02), 0.03);
    WeightForm form =
        new WeightForm.Selected(gated, new TensorNames(List.of("maps/b.conv*", "fc/W")));
    ComputationGraph graph = graph(DataType.FLOAT, form);

    assertThat(NetworkTensors.of(graph).all())
        .filteredOn(tensor -> tensor.role() == TensorRole.COMPANION)
        .extracting(ParameterTensor::name)
        .containsExactlyInAnyOrder("maps/b.conv1.logAlpha", "maps/b.conv2.logAlpha", "fc/logAlpha");
    assertThat(decayed(graph)).contains("maps/stem", "maps/a.conv1").doesNotContain("fc/W");
    assertThat(decayed(graph)).doesNotContain("maps/b.conv1");
    ComputationGraphConfiguration again =
        ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());
    assertThat(again.toJson()).isEqualTo(graph.getConfiguration().toJson());
    assertThatThrownBy(form::companion)
        .hasMessageStartingWith(
            "Cannot say what weights are without a tensor: those of maps/b.conv*, fc/W are");
  }

  /** The tensors that the optimiser decays. */
  private static List<String> decayed(ComputationGraph graph) {
    return UpdatePlan.of(graph).parts().stream()
        .filter(part -> part.decay() > 0)
        .map(UpdatePlan.Part::tensor)
        .toList();
  }
}
