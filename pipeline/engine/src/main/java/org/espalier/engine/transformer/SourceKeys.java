package org.espalier.engine.transformer;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.Attention;
import org.espalier.engine.kernel.sequence.AttentionShape;
import org.espalier.engine.kernel.sequence.Dropout;
import org.espalier.engine.kernel.sequence.SequenceKernels;
import org.espalier.engine.sparse.SharedPanels;

/**
 * Keys and values of the sentences that are translated, for one layer; the hypotheses of a sentence
 * are its queries. Owns them until closed.
 */
final class SourceKeys implements AutoCloseable {
  private final Attention attention;
  private final Values keys;
  private final Values values;
  private final Values keySegments;
  private final Values querySegments;
  private final Values attentionWeights;

  SourceKeys(
      Sublayer sublayer,
      AttentionShape shape,
      TransformerPlan encoded,
      EvaluationWeights weights,
      SequenceKernels kernels,
      SharedPanels panels) {
    int width = shape.heads() * shape.size();
    int positions = shape.sequences() * shape.keys();
    Values states = encoded.encoded();
    FeatureMap map =
        new FeatureMap(kernels.kernels(), width, width, positions, Into.REPLACE, panels);
    this.attention = kernels.attention(shape);
    this.keys = states.sameType(width * positions);
    this.values = states.sameType(width * positions);
    map.forward(states, weights.of(sublayer.keys()), keys);
    map.forward(states, weights.of(sublayer.values()), values);
    this.keySegments = states.sameType(positions);
    encoded.sourceSegments().copy(0, keySegments, 0, positions);
    this.querySegments = states.sameType(shape.sequences() * shape.queries());
    querySegments.fill(1);
    this.attentionWeights = states.sameType(shape.weights());
  }

  /**
   * @param queries `[width, hypotheses]`
   * @param heads `[width, hypotheses]`, overwritten
   */
  void attend(Values queries, Values heads) {
    attention.forward(
        new Attention.Operands(queries, keys, values),
        new Attention.Segments(querySegments, keySegments),
        attentionWeights,
        Dropout.NONE,
        heads);
  }

  @Override
  public void close() {
    attention.close();
    keys.release();
    values.release();
    keySegments.release();
    querySegments.release();
    attentionWeights.release();
  }
}
