package org.espalier.engine.transformer;

import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.TablePasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.AttentionShape;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;
import org.espalier.engine.kernel.sequence.Dropout;
import org.espalier.engine.kernel.sequence.LayerNormalisation;
import org.espalier.engine.kernel.sequence.SequenceKernels;
import org.espalier.engine.kernel.sequence.TokenPasses;
import org.espalier.engine.kernel.sequence.TokenScores;
import org.espalier.engine.sparse.SharedPanels;

/**
 * The translations of some sentences on their way: a step of the decoder at a time for all
 * hypotheses, which are the positions that its products have. Owns its memory until closed.
 */
final class Translations implements AutoCloseable {
  private final TransformerShape shape;
  private final TransformerHost host;
  private final EvaluationWeights weights;
  private final int count;
  private final SequenceKernels sequences;
  private final LayerNormalisation normalisation;
  private final TokenPasses passes;
  private final TokenScores scores;
  private final TablePasses tables;
  private final Sinusoids sinusoids;
  private final SpareMemory spare;
  private final List<Sublayer> sublayers;
  private final List<KeptKeys> own = new ArrayList<>();
  private final List<SourceKeys> across = new ArrayList<>();
  private final List<Values> owned = new ArrayList<>();
  private final FeatureMap square;
  private final FeatureMap inner;
  private final FeatureMap outer;
  private final FeatureMap table;
  private final Values tokens;
  private final Values factors;
  private final Values positions;
  private final Values rows;
  private final Values normal;
  private final Values moments;
  private final Values queries;
  private final Values keys;
  private final Values values;
  private final Values heads;
  private final Values branch;
  private final Values hidden;
  private final Values allScores;
  private Values x;
  private Values y;
  private int step;

  /**
   * @param encoded the plan that has encoded the sentences
   */
  Translations(
      TransformerShape shape,
      TransformerHost host,
      EvaluationWeights weights,
      TransformerPlan encoded,
      int sentences,
      int hypotheses) {
    this.shape = shape;
    this.host = host;
    this.weights = weights;
    this.count = sentences * hypotheses;
    LayerKernels kernels = host.kernels();
    this.sequences = new SequenceKernels(kernels);
    this.normalisation = sequences.normalisation();
    this.passes = sequences.passes();
    this.scores = sequences.scores();
    this.tables = kernels.tables();
    Values like = weights.of(Transformer.TABLE);
    this.sinusoids = new Sinusoids(like, shape.width());
    this.spare = new SpareMemory(like);
    this.sublayers = Sublayer.ofDecoder(shape);
    int width = shape.width();
    SharedPanels panels = host.panels();
    this.square = new FeatureMap(kernels, width, width, count, Into.REPLACE, panels);
    this.inner = new FeatureMap(kernels, shape.feedForward(), width, count, Into.REPLACE, panels);
    this.outer = new FeatureMap(kernels, width, shape.feedForward(), count, Into.REPLACE, panels);
    this.table = new FeatureMap(kernels, shape.tokens(), width, count, Into.REPLACE, panels);
    this.tokens = take(1);
    this.factors = take(1);
    this.positions = take(1);
    this.rows = take(width);
    this.normal = take(width);
    this.moments = take(2);
    this.queries = take(width);
    this.keys = take(width);
    this.values = take(width);
    this.heads = take(width);
    this.branch = take(width);
    this.hidden = take(shape.feedForward());
    this.allScores = take(shape.tokens());
    this.x = take(width);
    this.y = take(width);
    AttentionShape ofSource =
        new AttentionShape(
            sentences,
            hypotheses,
            encoded.sourceLength(),
            shape.heads(),
            shape.headSize(),
            Reach.SEGMENT);
    for (Sublayer sublayer : sublayers) {
      if (sublayer.kind() == Sublayer.Kind.CAUSAL_ATTENTION) {
        own.add(new KeptKeys(shape, count, sequences, like, spare));
      } else if (sublayer.kind() == Sublayer.Kind.ENCODER_ATTENTION) {
        across.add(new SourceKeys(sublayer, ofSource, encoded, weights, sequences, panels));
      }
    }
  }

  private Values take(int features) {
    Values taken = weights.of(Transformer.TABLE).sameType(Math.multiplyExact(features, count));
    owned.add(taken);
    return taken;
  }

  /** See {@link org.espalier.engine.decoding.NextTokens#next}. */
  void next(int[] parents, int[] appended, float[] logProbabilities) {
    if ((appended == null) != (step == 0)) {
      throw new IllegalArgumentException(
          "Cannot score token %d of a translation: the first call appends nothing, every other a token per hypothesis."
              .formatted(step));
    }
    if (parents != null) {
      own.forEach(kept -> kept.continueFrom(parents));
    }
    embed(appended);
    int attention = 0;
    for (Sublayer sublayer : sublayers) {
      normalisation.forward(x, host.affine(sublayer.norm()), moments, normal);
      switch (sublayer.kind()) {
        case FEED_FORWARD -> feedForward(sublayer);
        case ENCODER_ATTENTION -> attendToSource(sublayer, across.get(attention++));
        default -> attendToTokensBefore(sublayer, own.get(attention));
      }
      Values turn = x;
      x = y;
      y = turn;
    }
    normalisation.forward(x, host.affine(Transformer.DECODER_NORM), moments, normal);
    table.forward(normal, weights.of(Transformer.TABLE), allScores);
    scores.logProbabilities(allScores, count, logProbabilities);
    step++;
  }

  private void embed(int[] appended) {
    for (int h = 0; h < count; h++) {
      int token = appended == null ? 0 : appended[h];
      tokens.set(h, token);
      factors.set(h, token == 0 ? 0 : Math.sqrt(shape.width()));
      positions.set(h, step);
    }
    tables.gather(weights.of(Transformer.TABLE), tokens, rows);
    passes.embed(rows, factors, positions, sinusoids.of(step + 1), null, Dropout.NONE, x);
  }

  private void feedForward(Sublayer sublayer) {
    inner.forward(normal, weights.of(sublayer.inner()), hidden);
    passes.rectify(hidden, host.parameters(sublayer.inner() + Sublayer.BIAS), Dropout.NONE);
    outer.forward(hidden, weights.of(sublayer.outer()), branch);
    passes.join(x, branch, host.parameters(sublayer.outer() + Sublayer.BIAS), Dropout.NONE, y);
  }

  private void attendToTokensBefore(Sublayer sublayer, KeptKeys kept) {
    square.forward(normal, weights.of(sublayer.queries()), queries);
    square.forward(normal, weights.of(sublayer.keys()), keys);
    square.forward(normal, weights.of(sublayer.values()), values);
    kept.append(keys, values);
    kept.attend(queries, heads);
    end(sublayer);
  }

  private void attendToSource(Sublayer sublayer, SourceKeys source) {
    square.forward(normal, weights.of(sublayer.queries()), queries);
    source.attend(queries, heads);
    end(sublayer);
  }

  private void end(Sublayer sublayer) {
    square.forward(heads, weights.of(sublayer.output()), branch);
    passes.join(x, branch, null, Dropout.NONE, y);
  }

  @Override
  public void close() {
    own.forEach(KeptKeys::close);
    across.forEach(SourceKeys::close);
    owned.forEach(Values::release);
    sinusoids.close();
    spare.close();
  }
}
