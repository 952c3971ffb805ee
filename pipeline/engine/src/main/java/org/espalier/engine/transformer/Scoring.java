package org.espalier.engine.transformer;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.LossPasses;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The scores of the states that a Transformer gave last, and what is made of them.
 *
 * @param plan that the states were computed by
 * @param kernels of the plan
 * @param sequences of the batch
 * @param length positions of a target sequence, without padding
 */
record Scoring(TransformerPlan plan, LayerKernels kernels, int sequences, int length) {
  /**
   * A loss.
   *
   * @param sum over positions that count
   * @param counted number of these
   */
  record Loss(double sum, int counted) {
    /** The mean, 0 where no position counts. */
    double mean() {
      return counted == 0 ? 0 : sum / counted;
    }
  }

  /**
   * The loss of labels, whose gradient is left in place of the scores.
   *
   * @param states `[width, positions]`
   * @param labels `[batch, length]`
   * @param divisor what the gradient of the whole network will be divided by
   */
  Loss judge(Phase phase, Values states, Values labels, Smoothing smoothing, double divisor) {
    int counted = copy(labels);
    double scale = counted == 0 ? 0 : divisor / counted;
    double sum =
        plan.tokenScores()
            .differentiate(
                plan.score(phase, states), plan.labels(), smoothing, scale, plan.losses());
    return new Loss(sum, counted);
  }

  private int copy(Values labels) {
    int counted = 0;
    int padded = plan.targetLength();
    for (int s = 0; s < sequences; s++) {
      for (int t = 0; t < padded; t++) {
        double label = t < length ? labels.get(s * length + t) : LossPasses.UNCOUNTED;
        plan.labels().set(s * padded + t, label);
        counted += LossPasses.isCounted(label) ? 1 : 0;
      }
    }
    return counted;
  }

  /** The gradient of the states behind {@link #judge}; overwrites that of the table. */
  void differentiate(Values states, Values stateGradient) {
    plan.differentiateScores(states, stateGradient);
  }

  /**
   * What is expected at every position.
   *
   * @param to `[batch, 2, length]`, in row-major order, overwritten: the logarithm of the
   *     probability of the target's token, and the likeliest token
   */
  void predict(Phase phase, Values states, INDArray to) {
    Values predictions = plan.predictions();
    plan.tokenScores().predict(plan.score(phase, states), plan.targets(), predictions);
    Values result = kernels.values(to);
    int padded = plan.targetLength();
    for (int s = 0; s < sequences; s++) {
      for (int row = 0; row < 2; row++) {
        for (int t = 0; t < length; t++) {
          double value = predictions.get(row * sequences * padded + s * padded + t);
          result.set((s * 2 + row) * length + t, value);
        }
      }
    }
  }

  /** The loss of a sequence by {@link #judge}, summed over its positions. */
  double lossOf(int sequence) {
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += plan.losses().get(sequence * plan.targetLength() + t);
    }
    return sum;
  }
}
