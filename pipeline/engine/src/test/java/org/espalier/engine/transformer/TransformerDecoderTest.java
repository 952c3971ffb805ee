package org.espalier.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.base.Refusal;
import org.espalier.engine.decoding.NextTokens;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decoding with what was kept of tokens before, beside passes of the whole network. */
class TransformerDecoderTest {
  private static final int TOKENS = 13;
  private static final int STEPS = 20;
  private static final TransformerShape SHAPE = new TransformerShape(TOKENS, 8, 12, 2, 2, 9);
  private static final List<int[]> SOURCES = List.of(new int[] {3, 4, 5, 1}, new int[] {7, 1});

  static Stream<WeightForm> forms() {
    return Stream.of(
        WeightForm.PLAIN,
        new WeightForm.Variational(-2, 0.5, PenaltySchedule.NONE),
        new WeightForm.HardConcrete(0.3, PenaltySchedule.NONE));
  }

  private static ComputationGraph graph(WeightForm form, DataType type) {
    ComputationGraph graph =
        TransformerGraphs.of(SHAPE, new TransformerDropout(0.1, 0.1, 0.1), form, type);
    TransformerGraphs.scatterVectors(graph);
    return graph;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void stepsFollowPassesOfTheWholeNetwork(WeightForm form) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      ComputationGraph graph = graph(form, type);
      compare(graph, type);
      graph.close();
    }
  }

  @Test
  void maskedWeightsAreLeftOut() {
    ComputationGraph graph = graph(WeightForm.PLAIN, DataType.FLOAT);
    NetworkTensors tensors = NetworkTensors.of(graph);
    for (String name : tensors.sparsifiable().names()) {
      long key = Mix64.of(name);
      tensors
          .mask(name)
          .hold(Mask.where(tensors.named(name).length(), i -> Mix64.unit(key, i) < 0.6));
    }
    compare(graph, DataType.FLOAT);
    graph.close();
  }

  /** Two hypotheses a sentence, which change places and parents as they grow. */
  private static void compare(ComputationGraph graph, DataType type) {
    int[][] prefixes = new int[4][0];
    try (NextTokens decoder = TransformerDecoder.of(graph)) {
      assertThat(decoder.tokens()).isEqualTo(TOKENS);
      for (int repeat = 0; repeat < 2; repeat++) {
        Arrays.fill(prefixes, new int[0]);
        decoder.begin(SOURCES, 2);
        float[] scores = new float[4 * TOKENS];
        decoder.next(null, null, scores);
        requireEqual(graph, type, prefixes, scores);
        for (int step = 0; step < STEPS; step++) {
          int[] parents = {step % 3 == 0 ? 1 : 0, 1, 2, step % 2 == 0 ? 2 : 3};
          int[] appended = new int[4];
          int[][] next = new int[4][];
          for (int h = 0; h < 4; h++) {
            appended[h] = (int) (Mix64.unit(9, 10 * step + h) * TOKENS);
            next[h] = longer(prefixes[parents[h]], appended[h]);
          }
          prefixes = next;
          decoder.next(parents, appended, scores);
          if (step % 4 == 3) {
            requireEqual(graph, type, prefixes, scores);
          }
        }
      }
    }
  }

  private static int[] longer(int[] prefix, int token) {
    int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = token;
    return longer;
  }

  private static void requireEqual(
      ComputationGraph graph, DataType type, int[][] prefixes, float[] scores) {
    for (int h = 0; h < 4; h++) {
      for (int token = 0; token < TOKENS; token += 4) {
        INDArray output =
            graph.outputSingle(
                row(type, SOURCES.get(h / 2)), row(type, longer(prefixes[h], token)));
        double expected = output.getDouble(0, TokenLoss.LOG_PROBABILITY, prefixes[h].length);
        assertThat((double) scores[h * TOKENS + token])
            .as("hypothesis %d of %d tokens, token %d", h, prefixes[h].length, token)
            .isCloseTo(expected, within(1e-5));
      }
    }
  }

  private static INDArray row(DataType type, int[] tokens) {
    String ones = "1 ".repeat(tokens.length).strip();
    return TransformerGraphs.tokens(
        type, text(IntStream.of(tokens)), ones, text(IntStream.range(0, tokens.length)));
  }

  private static String text(IntStream numbers) {
    return numbers.mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  @Test
  void aNetworkWithoutATransformerIsRefused() {
    ComputationGraph other =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("images")
                .addLayer("fc", new SparseDense.Builder(3, 2).build(), "images")
                .addLayer("classes", SoftmaxLoss.plain(), "fc")
                .setOutputs("classes")
                .build());
    other.init();
    assertThatThrownBy(() -> TransformerDecoder.of(other))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot decode by this network: there is no Transformer in it; name a run of a network that translates.");
    other.close();
  }

  @Test
  void stepsOutOfTurnAreRefused() {
    ComputationGraph graph = graph(WeightForm.PLAIN, DataType.FLOAT);
    try (NextTokens decoder = TransformerDecoder.of(graph)) {
      float[] scores = new float[TOKENS];
      assertThatThrownBy(() -> decoder.next(null, null, scores))
          .hasMessage("Cannot score tokens before a translation has begun.");
      assertThatThrownBy(() -> decoder.begin(List.of(), 2))
          .hasMessage(
              "Cannot translate 0 sentences by 2 hypotheses each: both must be at least 1.");
      decoder.begin(List.of(new int[] {3}), 1);
      assertThatThrownBy(() -> decoder.next(new int[1], new int[1], scores))
          .hasMessage(
              "Cannot score token 0 of a translation: the first call appends nothing, every other a token per hypothesis.");
    }
    graph.close();
  }
}
