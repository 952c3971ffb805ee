package org.espalier.tasks.translation;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.engine.operations.HostVector;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Tally;
import org.espalier.engine.transformer.TokenLoss;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The judge of a network that is told the truth up to every token and asked for the next: mean
 * cross-entropy of a token in nats, which leads, its exponential, the perplexity, and the tokens
 * that were thought likeliest. Gaps do not count.
 *
 * <p>Takes what {@link TokenLoss} gives, `[batch, 2, length]`, and ids `[batch, length]`, less than
 * 0 in gaps, in plain Java and a fixed order.
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
  public Tally judge(INDArray output, MultiDataSet batch) {
    boolean inOrder = output.ordering() == 'c' && !output.isView();
    HostVector values = HostVector.of(inOrder ? output : output.dup('c'));
    HostVector labels = HostVector.of(batch.getLabels(0));
    int rows = Math.toIntExact(output.size(0));
    int length = Math.toIntExact(output.size(2));
    float[] truths = new float[length];
    float[] logs = new float[length];
    float[] likeliest = new float[length];
    double[] sums = new double[LOSS + 1];
    for (int row = 0; row < rows; row++) {
      labels.read(row * length, FloatBuffer.wrap(truths));
      values.read((2 * row + TokenLoss.LOG_PROBABILITY) * length, FloatBuffer.wrap(logs));
      values.read((2 * row + TokenLoss.LIKELIEST) * length, FloatBuffer.wrap(likeliest));
      for (int t = 0; t < length; t++) {
        if (truths[t] >= 0) {
          sums[TOKENS]++;
          sums[RIGHT] += likeliest[t] == truths[t] ? 1 : 0;
          sums[LOSS] -= logs[t];
        }
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
