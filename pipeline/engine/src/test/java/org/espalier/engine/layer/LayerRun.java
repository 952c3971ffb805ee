package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.weights.WeightForm;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Everything that a layer computes from numbers that depend on their purpose alone. */
record LayerRun(Map<String, INDArray> results) {
  private static final double SMALLEST_MEAN = 0.2;
  private static final int ENOUGH = 1 << 14;
  private static final double INNERMOST = 0.98;

  /** A linear layer's. */
  static LayerRun linear(LayerHarness layer, WeightForm form, DataType type, long... inputShape) {
    return linear(layer, noise(form, type, ENOUGH), type, inputShape);
  }

  /** A linear layer's whose positions share their noise: a number per output and sentence. */
  static LayerRun sequence(
      LayerHarness layer, WeightForm form, DataType type, int batch, int length, int in) {
    long out = layer.parameters().get(ParameterTensor.WEIGHTS).size(1);
    int count = Math.toIntExact(Math.max(batch, in) * out);
    return linear(layer, noise(form, type, count), type, batch, length, in);
  }

  private static LayerRun linear(
      LayerHarness layer, INDArray noise, DataType type, long... inputShape) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    fill(layer);
    INDArray x = normals("input", type, inputShape);
    layer.noise(noise);
    INDArray y = layer.train(x);
    results.put("output", y);
    results.put("input gradient", layer.backward(normals("cotangent", type, y.shape())));
    finish(layer, results);
    results.put("evaluated", layer.evaluate(x));
    return new LayerRun(results);
  }

  /** A table's. */
  static LayerRun table(LayerHarness layer, WeightForm form, INDArray tokens) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    DataType type = tokens.dataType();
    fill(layer);
    layer.noise(noise(form, type, ENOUGH));
    INDArray y = layer.train(tokens);
    results.put("rows", y);
    layer.backward(normals("cotangent", type, y.shape()));
    finish(layer, results);
    results.put("evaluated", layer.evaluate(tokens));
    return new LayerRun(results);
  }

  /** A table's that scores what it looked up. */
  static LayerRun scoringTable(LayerHarness layer, WeightForm form, INDArray tokens) {
    Map<String, INDArray> results = new LinkedHashMap<>();
    DataType type = tokens.dataType();
    fill(layer);
    layer.noise(noise(form, type, ENOUGH));
    INDArray rows = layer.train(tokens);
    INDArray scores = layer.trainScores(rows);
    results.put("scores", scores);
    INDArray below = layer.backwardScores(normals("cotangent", type, scores.shape()));
    results.put("gradient of rows", below.dup('c'));
    layer.backward(below);
    finish(layer, results);
    results.put("evaluated scores", layer.evaluateScores(layer.evaluate(tokens)));
    return new LayerRun(results);
  }

  /** Every result within a tolerance relative to its largest magnitude. */
  void requireClose(LayerRun expected, double tolerance) {
    assertThat(results.keySet()).isEqualTo(expected.results.keySet());
    expected.results.forEach((name, wanted) -> requireClose(name, wanted, tolerance));
  }

  private void requireClose(String name, INDArray wanted, double tolerance) {
    INDArray found = results.get(name).castTo(DataType.DOUBLE);
    INDArray exact = wanted.castTo(DataType.DOUBLE);
    assertThat(found.shape()).as(name).isEqualTo(exact.shape());
    double largest = Math.max(1e-6, exact.normmaxNumber().doubleValue());
    double distance = found.sub(exact).normmaxNumber().doubleValue();
    assertThat(distance)
        .as("%s, largest %s: %s for %s", name, largest, found, exact)
        .isLessThanOrEqualTo(tolerance * largest);
  }

  private static void finish(LayerHarness layer, Map<String, INDArray> results) {
    layer
        .parameters()
        .keySet()
        .forEach(key -> results.put("gradient of " + key, layer.gradient(key).dup()));
    results.put("penalty", Nd4j.scalar(layer.penalty()));
  }

  private static void fill(LayerHarness layer) {
    layer
        .parameters()
        .forEach(
            (key, view) -> {
              INDArray drawn = normals(key, view.dataType(), view.shape());
              if (key.equals(ParameterTensor.WEIGHTS)) {
                INDArray sign = drawn.gt(0).castTo(drawn.dataType()).muli(2).subi(1);
                drawn.addi(sign.muli(SMALLEST_MEAN));
              }
              // Of log alpha some lie beyond the clipping range, some gates are fully open.
              view.assign(
                  key.equals(WeightForm.Variational.LOG_SIGMA2) ? drawn.muli(5) : drawn.muli(2));
            });
  }

  private static INDArray noise(WeightForm form, DataType type, int count) {
    if (form instanceof WeightForm.HardConcrete) {
      double[] u = Noise.stream(Mix64.of("noise")).uniforms(count);
      return Nd4j.createFromArray(u).muli(INNERMOST).castTo(DataType.FLOAT).castTo(type);
    }
    return normals("noise", type, count);
  }

  /** Standard normal numbers that a float32 holds. */
  static INDArray normals(String purpose, DataType type, long... shape) {
    int count = Math.toIntExact(java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact));
    return Nd4j.createFromArray(Noise.stream(Mix64.of(purpose)).normals(count))
        .castTo(DataType.FLOAT)
        .castTo(type)
        .reshape('c', shape);
  }
}
