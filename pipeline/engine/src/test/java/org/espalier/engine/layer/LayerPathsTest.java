package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every layer in every form on given noise: float kernels and ND4J's operations beside the float64
 * reference.
 */
class LayerPathsTest {
  private static final double SAME_FORMULA = 1e-9;
  private static final double FLOAT = 3e-5;
  private static final WeightForm[] FORMS =
      GradientCheckTest.forms().map(LayerPathsTest::withConstantPenalty).toArray(WeightForm[]::new);

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,17,5", "31,33,100", "32,100,31", "100,17,33"})
  void denseLayers(int batch, int in, int out) {
    for (WeightForm form : FORMS) {
      Supplier<Layer> dense = () -> new SparseDense.Builder(in, out).rectified().form(form).build();
      requireAgreement(dense, type -> harness -> LayerRun.linear(harness, form, type, batch, in));
    }
  }

  @ParameterizedTest
  @CsvSource({"3,17,5", "31,33,100", "100,17,33"})
  void denseLayersThatLeaveWeightsOutOfTheirMeans(int batch, int in, int out) {
    WeightForm all = new WeightForm.Variational(-2, 3, PenaltySchedule.constant(0.3));
    WeightForm some = new WeightForm.Variational(-2, 3, PenaltySchedule.constant(0.3), 0.5);
    Supplier<Layer> dense = () -> new SparseDense.Builder(in, out).form(some).build();
    requireAgreement(dense, type -> harness -> LayerRun.linear(harness, some, type, batch, in));
    Layer whole = new SparseDense.Builder(in, out).form(all).build();
    Map<String, INDArray> cut = run(dense.get(), some, batch, in);
    Map<String, INDArray> uncut = run(whole, all, batch, in);
    assertThat(cut.get("output")).isNotEqualTo(uncut.get("output"));
    assertThat(cut.get("evaluated")).isEqualTo(uncut.get("evaluated"));
  }

  private static Map<String, INDArray> run(Layer layer, WeightForm form, int batch, int in) {
    LayerHarness harness = new LayerHarness(layer, DataType.DOUBLE);
    return LayerRun.linear(harness, form, DataType.DOUBLE, batch, in).results();
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,3,1,5", "3,31,3,33", "4,17,5,3"})
  void denseLayersOfSequences(int batch, int length, int in, int out) {
    for (WeightForm form : FORMS) {
      Supplier<Layer> dense =
          () -> new SparseDense.Builder(in, out).withoutBias().form(form).build();
      requireAgreement(
          dense, type -> harness -> LayerRun.sequence(harness, form, type, batch, length, in));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // batch, height, width, in, out, kernel, stride, padding
    "1,1,1,1,1,1,1,0",
    "3,7,5,3,5,3,1,1",
    "2,7,7,17,3,3,2,1",
    "2,8,8,4,31,5,1,0",
    "2,6,9,4,33,1,2,0",
    "1,9,7,3,4,3,2,0"
  })
  void convolutions(
      int batch, int height, int width, int in, int out, int kernel, int stride, int padding) {
    for (WeightForm form : FORMS) {
      Supplier<Layer> convolution =
          () ->
              new SparseConvolution.Builder(in, out, kernel)
                  .stride(stride)
                  .padding(padding)
                  .rectified()
                  .form(form)
                  .build();
      requireAgreement(
          convolution,
          type -> harness -> LayerRun.linear(harness, form, type, batch, height, width, in));
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void embeddings(int tokens, int width) {
    for (WeightForm form : FORMS) {
      requireAgreement(
          () -> new SparseEmbedding.Builder(tokens, width).form(form).build(),
          type -> harness -> LayerRun.table(harness, form, sentences(type, tokens)));
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void embeddingsThatScoreToo(int tokens, int width) {
    for (WeightForm form : FORMS) {
      requireAgreement(
          () -> new SparseEmbedding.Builder(tokens, width).form(form).build(),
          type -> harness -> LayerRun.scoringTable(harness, form, sentences(type, tokens)));
    }
  }

  static Stream<Arguments> tables() {
    return IntStream.of(1, 3, 17)
        .boxed()
        .flatMap(
            tokens ->
                IntStream.of(1, 3, 17, 31, 33, 100).mapToObj(width -> Arguments.of(tokens, width)));
  }

  /** Two sentences in which tokens come again and one never comes. */
  private static INDArray sentences(DataType type, int tokens) {
    int length = tokens + 2;
    INDArray sentences = Nd4j.zeros(type, 2, length);
    for (int i = 0; i < 2 * length; i++) {
      sentences.putScalar(i, i * i % Math.max(1, tokens - 1));
    }
    return sentences;
  }

  private static void requireAgreement(
      Supplier<Layer> layer, Function<DataType, Function<LayerHarness, LayerRun>> run) {
    LayerRun reference =
        run.apply(DataType.DOUBLE).apply(new LayerHarness(layer.get(), DataType.DOUBLE));
    run.apply(DataType.DOUBLE)
        .apply(LayerHarness.onOperations(layer.get(), DataType.DOUBLE))
        .requireClose(reference, SAME_FORMULA);
    run.apply(DataType.FLOAT)
        .apply(new LayerHarness(layer.get(), DataType.FLOAT))
        .requireClose(reference, FLOAT);
  }

  private static WeightForm withConstantPenalty(WeightForm form) {
    PenaltySchedule constant = PenaltySchedule.constant(0.3);
    if (form instanceof WeightForm.Variational) {
      return new WeightForm.Variational(-2, 3, constant);
    }
    return form instanceof WeightForm.HardConcrete
        ? new WeightForm.HardConcrete(0.3, constant)
        : form;
  }
}
