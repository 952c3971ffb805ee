package org.espalier.tasks.translation;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.engine.operations.HostVector;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Tally;
import org.espalier.tasks.Probabilities;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The judge of a network that is told the truth up to every token and asked for the next: mean
 * cross-entropy of a token in nats, which leads, its exponential, the perplexity, and the tokens
 * that were thought likeliest. Gaps do not count.
 *
 * <p>Takes probabilities `[batch, length, tokens]` and ids `[batch, length]`, less than 0 in gaps,
 * in plain Java and a fixed order, and reads them as {@link Probabilities} does.
 */
final class TokenJudge implements Judge {
  /** The exponential of the cross-entropy. */
  static final Metric PERPLEXITY = new Metric("perplexity", "tokens", Direction.LOWER);

  /** Tokens to which no other was preferred, over all tokens. */
  static final Metric TOKEN_ACCURACY =
      new Metric("token-accuracy", Metric.FRACTION, Direction.HIGHER);

  private static final long serialVersionUID = 1L;

  // Places of the sums.
  private static final int TOKENS = 0;
  private static final int RIGHT = 1;
  private static final int LOSS = 2;

  @Override
  public Tally judge(INDArray probabilities, MultiDataSet batch) {
    boolean inOrder = probabilities.ordering() == 'c' && !probabilities.isView();
    HostVector values = HostVector.of(inOrder ? probabilities : probabilities.dup('c'));
    HostVector labels = HostVector.of(batch.getLabels(0));
    float[] ofTokens = new float[Math.toIntExact(probabilities.size(-1))];
    float[] truths = new float[labels.length()];
    labels.read(0, FloatBuffer.wrap(truths));
    double[] sums = new double[LOSS + 1];
    for (int i = 0; i < truths.length; i++) {
      int truth = (int) truths[i];
      if (truth >= 0) {
        values.read(i * ofTokens.length, FloatBuffer.wrap(ofTokens));
        sums[TOKENS]++;
        sums[RIGHT] += Probabilities.highest(ofTokens) == truth ? 1 : 0;
        sums[LOSS] += Probabilities.loss(ofTokens, truth);
      }
    }
    return Tally.of(sums);
  }

  @Override
  public Metric leading() {
    return Metric.CROSS_ENTROPY;
  }

  @Override
  public Map<Metric, Double> metrics(Tally whole) {
    double tokens = whole.sum(TOKENS);
    double loss = whole.sum(LOSS) / tokens;
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    metrics.put(Metric.CROSS_ENTROPY, loss);
    metrics.put(PERPLEXITY, Math.exp(loss));
    metrics.put(TOKEN_ACCURACY, whole.sum(RIGHT) / tokens);
    return metrics;
  }
}
