package org.espalier.engine.weights;

import java.util.Optional;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.tensor.TensorNames;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** The form of weights: numbers, or distributions that learn which weights are needed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public sealed interface WeightForm extends java.io.Serializable {
  /** Numbers, multiplied by a mask where one is held. */
  WeightForm PLAIN = new Plain();

  /** The key of a second parameter as large as the weights, where there is one. */
  Optional<String> companion();

  /**
   * Sets a companion to what it is before the first step.
   *
   * @param values `[length]`
   * @param seed of the network
   * @param name what the companion's random numbers are for
   */
  void initialiseCompanion(INDArray values, long seed, String name);

  /** The form of one tensor's weights, by its name: this one, unless tensors differ. */
  WeightForm of(String tensor);

  /** Whether the weight decay is part of the penalty, so that no optimiser has to decay weights. */
  boolean decaysItself();

  /** The log alpha from which on weights are left out of means in training; infinite for none. */
  double trainThreshold();

  /** Numbers. */
  record Plain() implements WeightForm {
    private static final long serialVersionUID = 1L;

    @Override
    public double trainThreshold() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public Optional<String> companion() {
      return Optional.empty();
    }

    @Override
    public void initialiseCompanion(INDArray values, long seed, String name) {}

    @Override
    public WeightForm of(String tensor) {
      return this;
    }

    @Override
    public boolean decaysItself() {
      return false;
    }
  }

  /**
   * One form for some tensors of a network and numbers for the others.
   *
   * @param form of the weights of those tensors
   * @param tensors the names of those tensors
   */
  record Selected(
      @JsonProperty("form") WeightForm form, @JsonProperty("tensors") TensorNames tensors)
      implements WeightForm {
    private static final long serialVersionUID = 1L;

    @Override
    public WeightForm of(String tensor) {
      return tensors.include(tensor) ? form : PLAIN;
    }

    @Override
    public Optional<String> companion() {
      throw differs();
    }

    /** Those tensors alone have companions. */
    @Override
    public void initialiseCompanion(INDArray values, long seed, String name) {
      form.initialiseCompanion(values, seed, name);
    }

    @Override
    public boolean decaysItself() {
      throw differs();
    }

    /** That of those tensors. */
    @Override
    public double trainThreshold() {
      return form.trainThreshold();
    }

    private IllegalStateException differs() {
      return new IllegalStateException(
          "Cannot say what weights are without a tensor: those of %s are %s, the others plain; ask for the form of one tensor."
              .formatted(tensors, form));
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

    /** The key of log sigma^2. */
    public static final String LOG_SIGMA2 = "logSigma2";

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
    public boolean cutsMeans() {
      return trainThreshold < Double.POSITIVE_INFINITY;
    }

    @Override
    public Optional<String> companion() {
      return Optional.of(LOG_SIGMA2);
    }

    @Override
    public void initialiseCompanion(INDArray values, long seed, String name) {
      values.assign(initialLogSigma2);
    }

    @Override
    public WeightForm of(String tensor) {
      return this;
    }

    @Override
    public boolean decaysItself() {
      return false;
    }
  }

  /**
   * L0 regularisation by hard-concrete gates (Louizos et al. 2018; the paper, section 3.3), one log
   * alpha per weight. In training the gates are drawn once per step; in evaluation they are
   * estimated.
   *
   * @param initialLogAlpha mean of log alpha at first, with a deviation of 0.01: 2.197 keeps 90 %
   * @param penalty the weight of the expected number of open gates
   * @param decay factor of the sum of {@code p theta^2 / 2}, where p is the probability that a gate
   *     is open: the weight decay of Louizos et al.; 0 where an optimiser decays theta
   */
  record HardConcrete(
      @JsonProperty("initialLogAlpha") double initialLogAlpha,
      @JsonProperty("penalty") PenaltySchedule penalty,
      @JsonProperty("decay") double decay)
      implements WeightForm {
    private static final long serialVersionUID = 1L;

    /** The key of log alpha. */
    public static final String LOG_ALPHA = "logAlpha";

    private static final double GATE_DEVIATION = 0.01;
    private static final long GATES = Mix64.of("initial gates");

    /** For DL4J's JSON, which may be older than the decay. */
    @JsonCreator
    public HardConcrete {}

    /** Without a decay of its own. */
    public HardConcrete(double initialLogAlpha, PenaltySchedule penalty) {
      this(initialLogAlpha, penalty, 0);
    }

    @Override
    public double trainThreshold() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public Optional<String> companion() {
      return Optional.of(LOG_ALPHA);
    }

    @Override
    public void initialiseCompanion(INDArray values, long seed, String name) {
      Noise noise = Noise.stream(Mix64.key(seed, GATES, Mix64.of(name)));
      double[] normals = noise.normals(Math.toIntExact(values.length()));
      INDArray drawn = Nd4j.createFromArray(normals).castTo(values.dataType());
      values.assign(drawn.muli(GATE_DEVIATION).addi(initialLogAlpha));
    }

    @Override
    public WeightForm of(String tensor) {
      return this;
    }

    @Override
    public boolean decaysItself() {
      return decay > 0;
    }
  }
}
