package org.espalier.engine.layer;

import static org.espalier.engine.layer.ReferenceCase.requireEqual;

import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers in float64 against an independent implementation's values and gradients. */
class ReferenceVectorsTest {
  @ParameterizedTest
  @ValueSource(strings = {"dense", "denseSequence"})
  void variationalDense(String name) throws IOException {
    ReferenceCase given = ReferenceCase.of("variational.json", name);
    boolean biased = name.equals("dense");
    INDArray theta = given.array("theta");
    SparseDense.Builder builder =
        new SparseDense.Builder((int) theta.size(0), (int) theta.size(1))
            .form(variational(given.number("penaltyWeight")));
    LayerHarness layer = new LayerHarness((biased ? builder : builder.withoutBias()).build());
    layer.parameter("W", theta);
    layer.parameter("logSigma2", given.array("logSigma2"));
    if (biased) {
      layer.parameter("b", given.array("bias"));
    }
    layer.noise(given.array("noise"));
    check(layer, given, "theta", "logSigma2", biased);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void variationalConvolution(int stride) throws IOException {
    ReferenceCase given = ReferenceCase.of("variational.json", "conv3x3stride" + stride + "pad1");
    LayerHarness layer =
        new LayerHarness(
            new SparseConvolution.Builder(3, 4, 3)
                .stride(stride)
                .padding(1)
                .withoutBias()
                .form(variational(given.number("penaltyWeight")))
                .build());
    layer.parameter("W", given.array("theta"));
    layer.parameter("logSigma2", given.array("logSigma2"));
    layer.noise(channelsLast(given.array("noise")));
    checkImages(layer, given, "logSigma2");
  }

  @Test
  void hardConcreteDense() throws IOException {
    ReferenceCase given = ReferenceCase.of("hard-concrete.json", "dense");
    INDArray theta = given.array("theta");
    LayerHarness layer =
        new LayerHarness(
            new SparseDense.Builder((int) theta.size(0), (int) theta.size(1))
                .form(gated(given.number("penaltyWeight")))
                .build());
    layer.parameter("W", theta);
    layer.parameter("logAlpha", given.array("logAlpha"));
    layer.parameter("b", given.array("bias"));
    // The layer's weights lie outputs first.
    layer.noise(given.array("uniform").transpose().dup('c'));
    check(layer, given, "theta", "logAlpha", true);
  }

  @Test
  void hardConcreteConvolution() throws IOException {
    ReferenceCase given = ReferenceCase.of("hard-concrete.json", "conv3x3stride2pad1");
    LayerHarness layer =
        new LayerHarness(
            new SparseConvolution.Builder(3, 4, 3)
                .stride(2)
                .padding(1)
                .withoutBias()
                .form(gated(given.number("penaltyWeight")))
                .build());
    layer.parameter("W", given.array("theta"));
    layer.parameter("logAlpha", given.array("logAlpha"));
    layer.noise(given.array("uniform"));
    checkImages(layer, given, "logAlpha");
  }

  @Test
  void variationalEmbedding() throws IOException {
    ReferenceCase given = ReferenceCase.of("variational.json", "embedding");
    checkEmbedding(
        given, "logSigma2", given.array("noise"), variational(given.number("penaltyWeight")));
  }

  @Test
  void hardConcreteEmbedding() throws IOException {
    ReferenceCase given = ReferenceCase.of("hard-concrete.json", "embedding");
    checkEmbedding(given, "logAlpha", given.array("uniform"), gated(given.number("penaltyWeight")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoothedLossTransformer", "smoothedLossResNet"})
  void smoothedLosses(String name) throws IOException {
    ReferenceCase given = ReferenceCase.of("transformer.json", name);
    boolean padded = name.equals("smoothedLossTransformer");
    Smoothing smoothing =
        new Smoothing(
            padded ? Smoothing.Kind.OTHER_CLASSES : Smoothing.Kind.EVERY_CLASS,
            given.number("smoothing"));
    INDArray logits = given.array("logits");
    SoftmaxLoss configuration = SoftmaxLoss.smoothing(smoothing);
    NeuralNetConfiguration whole =
        new NeuralNetConfiguration.Builder().miniBatch(false).layer(configuration).build();
    IOutputLayer loss =
        (IOutputLayer) configuration.instantiate(whole, List.of(), 0, null, false, DataType.DOUBLE);
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    loss.setInput(logits, workspaces);
    loss.setLabels(given.array("gold"));
    loss.setMaskArray(padded ? given.array("weights") : null);
    double cotangent = given.array("cotangent").getDouble(0);
    INDArray gradient = loss.backpropGradient(null, workspaces).getSecond();
    requireEqual("gradient", gradient.mul(cotangent), given.in("gradients").array("logits"));
    requireEqual(
        "loss", loss.computeScore(0, true, workspaces), given.array("output").getDouble(0));
  }

  @Test
  void evaluationKeepsWhatTheThresholdKeeps() throws IOException {
    ReferenceCase given = ReferenceCase.of("variational.json", "evaluation");
    INDArray theta = given.array("theta");
    for (String threshold : new String[] {"0.0", "0.5", "2.0", "3.0"}) {
      INDArray kept = given.in("keptAtThreshold").array(threshold);
      double at = Double.parseDouble(threshold);
      LayerHarness layer =
          new LayerHarness(
              identityDense(theta, new WeightForm.Variational(-10, at, PenaltySchedule.NONE)));
      layer.parameter("W", theta);
      layer.parameter("logSigma2", given.array("logSigma2"));
      INDArray ones = org.nd4j.linalg.factory.Nd4j.eye(theta.size(0)).castTo(theta.dataType());
      requireEqual("kept below " + threshold, layer.evaluate(ones), theta.mul(kept));
    }
  }

  @Test
  void evaluationEstimatesGates() throws IOException {
    ReferenceCase given = ReferenceCase.of("hard-concrete.json", "evaluation");
    INDArray gates = given.array("gates");
    LayerHarness layer =
        new LayerHarness(
            identityDense(gates, new WeightForm.HardConcrete(0, PenaltySchedule.NONE)));
    layer.parameter("W", gates.mul(0).addi(1));
    layer.parameter("logAlpha", given.array("logAlpha"));
    INDArray ones = org.nd4j.linalg.factory.Nd4j.eye(gates.size(0)).castTo(gates.dataType());
    INDArray estimated = layer.evaluate(ones);
    requireEqual("gates", estimated, gates);
    requireEqual("kept", estimated.gt(0).castTo(gates.dataType()), given.array("kept"));
  }

  @Test
  void feedForwardOfATransformer() throws IOException {
    ReferenceCase given = ReferenceCase.of("transformer.json", "feedForward");
    INDArray w1 = given.array("w1");
    int width = (int) w1.size(0);
    int hidden = (int) w1.size(1);
    LayerHarness first =
        new LayerHarness(new SparseDense.Builder(width, hidden).rectified().build());
    LayerHarness second = new LayerHarness(new SparseDense.Builder(hidden, width).build());
    first.parameter("W", w1);
    first.parameter("b", given.array("b1"));
    second.parameter("W", given.array("w2"));
    second.parameter("b", given.array("b2"));
    INDArray output = second.train(first.train(given.array("x")));
    requireEqual("output", output, given.array("output"));
    requireEqual("output", second.evaluate(first.evaluate(given.array("x"))), output);
    second.train(first.train(given.array("x")));
    INDArray ofInput = first.backward(second.backward(given.array("cotangent")));
    ReferenceCase gradients = given.in("gradients");
    requireEqual("gradient of x", ofInput, gradients.array("x"));
    requireEqual("gradient of w1", first.gradient("W"), gradients.array("w1"));
    requireEqual("gradient of b1", first.gradient("b"), gradients.array("b1"));
    requireEqual("gradient of w2", second.gradient("W"), gradients.array("w2"));
    requireEqual("gradient of b2", second.gradient("b"), gradients.array("b2"));
  }

  private static org.deeplearning4j.nn.conf.layers.Layer identityDense(
      INDArray weights, WeightForm form) {
    return new SparseDense.Builder((int) weights.size(0), (int) weights.size(1))
        .withoutBias()
        .form(form)
        .build();
  }

  private static void checkEmbedding(
      ReferenceCase given, String companion, INDArray noise, WeightForm form) {
    INDArray theta = given.array("theta");
    LayerHarness layer =
        new LayerHarness(
            new SparseEmbedding.Builder((int) theta.size(0), (int) theta.size(1))
                .form(form)
                .build());
    layer.parameter("W", theta.transpose());
    layer.parameter(companion, given.array(companion).transpose());
    layer.noise(noise);
    requireEqual("output", layer.train(given.array("ids")), given.array("output"));
    layer.backward(given.array("cotangent"));
    ReferenceCase gradients = given.in("gradients");
    requireEqual("gradient of theta", layer.gradient("W").transpose(), gradients.array("theta"));
    requireEqual(
        "gradient of " + companion,
        layer.gradient(companion).transpose(),
        gradients.array(companion));
    requireEqual(
        "penalty", layer.penalty(), given.number("penalty") * given.number("penaltyWeight"));
  }

  private static WeightForm variational(double weight) {
    return new WeightForm.Variational(-10, 3, PenaltySchedule.constant(weight));
  }

  private static WeightForm gated(double weight) {
    return new WeightForm.HardConcrete(2.197, PenaltySchedule.constant(weight));
  }

  private static void check(
      LayerHarness layer, ReferenceCase given, String weights, String companion, boolean biased) {
    requireEqual("output", layer.train(given.array("x")), given.array("output"));
    INDArray ofInput = layer.backward(given.array("cotangent"));
    ReferenceCase gradients = given.in("gradients");
    requireEqual("gradient of x", ofInput, gradients.array("x"));
    requireEqual("gradient of weights", layer.gradient("W"), gradients.array(weights));
    requireEqual("gradient of " + companion, layer.gradient(companion), gradients.array(companion));
    if (biased) {
      requireEqual("gradient of bias", layer.gradient("b"), gradients.array("bias"));
    }
    requireEqual(
        "penalty", layer.penalty(), given.number("penalty") * given.number("penaltyWeight"));
    // Once more without a backward pass before it.
    layer.train(given.array("x"));
    requireEqual(
        "penalty", layer.penalty(), given.number("penalty") * given.number("penaltyWeight"));
  }

  private static void checkImages(LayerHarness layer, ReferenceCase given, String companion) {
    requireEqual(
        "output", layer.train(channelsLast(given.array("x"))), channelsLast(given.array("output")));
    INDArray ofInput = layer.backward(channelsLast(given.array("cotangent")));
    ReferenceCase gradients = given.in("gradients");
    requireEqual("gradient of x", ofInput, channelsLast(gradients.array("x")));
    requireEqual("gradient of theta", layer.gradient("W"), gradients.array("theta"));
    requireEqual("gradient of " + companion, layer.gradient(companion), gradients.array(companion));
    requireEqual(
        "penalty", layer.penalty(), given.number("penalty") * given.number("penaltyWeight"));
  }

  private static INDArray channelsLast(INDArray images) {
    return images.permute(0, 2, 3, 1).dup('c');
  }
}
