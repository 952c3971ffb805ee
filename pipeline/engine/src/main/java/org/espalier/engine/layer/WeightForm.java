package org.espalier.engine.layer;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** What a layer's weights are: numbers, or distributions that learn which weights are needed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public sealed interface WeightForm extends java.io.Serializable {
  /** Numbers, multiplied by a mask where one is held. */
  WeightForm PLAIN = new Plain();

  /** A second parameter as large as the weights, or an empty name where there is none. */
  String companion();

  /** Numbers. */
  record Plain() implements WeightForm {
    private static final long serialVersionUID = 1L;

    @Override
    public String companion() {
      return "";
    }
  }

  /**
   * Sparse variational dropout (Molchanov et al. 2017; the paper, section 3.2). In training the
   * sums of a layer are normal, with the mean of theta and the variance of sigma^2; in evaluation
   * weights whose log alpha is at least the threshold are zero. The scripts of Molchanov et al.
   * leave such weights out of the mean in training already, the paper's code does not.
   *
   * @param initialLogSigma2 log sigma^2 at first: -10 for Transformer and LeNet, -15 for ResNet-50
   * @param threshold of evaluation, on log alpha
   * @param penalty the weight of the KL divergence
   * @param trainThreshold log alpha from which on a weight adds noise but no mean in training;
   *     infinite for none
   */
  record Variational(
      @JsonProperty("initialLogSigma2") double initialLogSigma2,
      @JsonProperty("threshold") double threshold,
      @JsonProperty("penalty") PenaltySchedule penalty,
      @JsonProperty("trainThreshold") double trainThreshold)
      implements WeightForm {
    private static final long serialVersionUID = 1L;

    /** Without a threshold in training. */
    public Variational(double initialLogSigma2, double threshold, PenaltySchedule penalty) {
      this(initialLogSigma2, threshold, penalty, Double.POSITIVE_INFINITY);
    }

    /** From DL4J's JSON, which may be older than the threshold of training. */
    @JsonCreator
    static Variational read(
        @JsonProperty("initialLogSigma2") double initialLogSigma2,
        @JsonProperty("threshold") double threshold,
        @JsonProperty("penalty") PenaltySchedule penalty,
        @JsonProperty("trainThreshold") Double trainThreshold) {
      return new Variational(
          initialLogSigma2,
          threshold,
          penalty,
          trainThreshold == null ? Double.POSITIVE_INFINITY : trainThreshold);
    }

    /** Whether some weights add no mean in training. */
    boolean cutsMeans() {
      return trainThreshold < Double.POSITIVE_INFINITY;
    }

    @Override
    public String companion() {
      return SparseParameters.LOG_SIGMA2;
    }
  }

  /**
   * L0 regularisation by hard-concrete gates (Louizos et al. 2018; the paper, section 3.3), one log
   * alpha per weight. In training the gates are drawn once per step; in evaluation they are
   * estimated.
   *
   * @param initialLogAlpha mean of log alpha at first, with a deviation of 0.01: 2.197 keeps 90 %
   * @param penalty the weight of the expected number of open gates
   */
  record HardConcrete(
      @JsonProperty("initialLogAlpha") double initialLogAlpha,
      @JsonProperty("penalty") PenaltySchedule penalty)
      implements WeightForm {
    private static final long serialVersionUID = 1L;

    /** For DL4J's JSON. */
    @JsonCreator
    public HardConcrete {}

    @Override
    public String companion() {
      return SparseParameters.LOG_ALPHA;
    }
  }
}
