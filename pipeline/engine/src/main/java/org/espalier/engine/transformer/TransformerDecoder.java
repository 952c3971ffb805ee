package org.espalier.engine.transformer;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.espalier.base.Refusal;
import org.espalier.engine.decoding.NextTokens;

/**
 * The next tokens by a trained {@link Transformer}, with the weights of evaluation as they were
 * when it was made: masked ones are left out, distributions are read at their threshold. Keys and
 * values of tokens before are kept, those of the source are computed once per sentence.
 */
public final class TransformerDecoder implements NextTokens {
  private final DecoderSource source;
  private final EvaluationWeights weights;
  private Translations translations;

  private TransformerDecoder(DecoderSource source) {
    this.source = source;
    this.weights = new EvaluationWeights(source.host(), source.shape());
  }

  /**
   * A decoder of an initialised graph, which encodes sentences and must stay open.
   *
   * @throws Refusal if there is no Transformer in the graph
   */
  public static TransformerDecoder of(ComputationGraph graph) {
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex instanceof TransformerVertex transformer) {
        return new TransformerDecoder(transformer.decoderSource());
      }
    }
    throw new Refusal(
        "Cannot decode by this network: there is no Transformer in it; name a run of a network that translates.");
  }

  @Override
  public int tokens() {
    return source.shape().tokens();
  }

  @Override
  public void begin(List<int[]> sources, int hypotheses) {
    if (sources.isEmpty() || hypotheses < 1) {
      throw new IllegalArgumentException(
          "Cannot translate %d sentences by %d hypotheses each: both must be at least 1."
              .formatted(sources.size(), hypotheses));
    }
    closeTranslations();
    TokenArrays tokens = TokenArrays.of(source.array(rows(sources)), "source");
    TokenArrays nothing = TokenArrays.of(source.array(new float[sources.size()][3][1]), "target");
    TransformerPlan encoded = source.encode(tokens, nothing);
    translations =
        new Translations(
            source.shape(), source.host(), weights, encoded, sources.size(), hypotheses);
  }

  /** One segment per sentence. */
  private static float[][][] rows(List<int[]> sources) {
    int longest = sources.stream().mapToInt(sentence -> sentence.length).max().orElseThrow();
    float[][][] rows = new float[sources.size()][3][Math.max(1, longest)];
    for (int s = 0; s < rows.length; s++) {
      int[] sentence = sources.get(s);
      for (int t = 0; t < sentence.length; t++) {
        rows[s][0][t] = sentence[t];
        rows[s][1][t] = 1;
        rows[s][2][t] = t;
      }
    }
    return rows;
  }

  @Override
  public void next(int[] parents, int[] appended, float[] logProbabilities) {
    if (translations == null) {
      throw new IllegalStateException("Cannot score tokens before a translation has begun.");
    }
    translations.next(parents, appended, logProbabilities);
  }

  private void closeTranslations() {
    if (translations != null) {
      translations.close();
      translations = null;
    }
  }

  @Override
  public void close() {
    closeTranslations();
    weights.close();
  }
}
