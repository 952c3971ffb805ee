package org.espalier.engine.kernel;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** The step that an optimiser makes of a gradient, without the learning rate's schedule. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
  @JsonSubTypes.Type(value = UpdateRule.Sgd.class, name = "sgd"),
  @JsonSubTypes.Type(value = UpdateRule.Nesterov.class, name = "nesterov"),
  @JsonSubTypes.Type(value = UpdateRule.Adam.class, name = "adam")
})
public sealed interface UpdateRule extends Serializable {
  /** Number of state vectors as long as the parameters. */
  int stateVectors();

  /** {@code step = rate g}. */
  record Sgd() implements UpdateRule {
    private static final long serialVersionUID = 1L;

    @Override
    public int stateVectors() {
      return 0;
    }
  }

  /**
   * Nesterov momentum with the learning rate outside the velocity (Sutskever et al. 2013 as
   * TensorFlow and PyTorch have it): {@code v = momentum v + g; step = rate (g + momentum v)}.
   *
   * @param momentum in [0, 1)
   */
  record Nesterov(@JsonProperty("momentum") double momentum) implements UpdateRule {
    private static final long serialVersionUID = 1L;

    @Override
    public int stateVectors() {
      return 1;
    }
  }

  /**
   * Adam (Kingma and Ba 2015, algorithm 1 in the form of their section 2): {@code m = beta1 m + (1
   * - beta1) g; v = beta2 v + (1 - beta2) g^2; step = rate sqrt(1 - beta2^t) / (1 - beta1^t) m /
   * (sqrt(v) + epsilon)}.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the second moment
   */
  record Adam(
      @JsonProperty("beta1") double beta1,
      @JsonProperty("beta2") double beta2,
      @JsonProperty("epsilon") double epsilon)
      implements UpdateRule {
    private static final long serialVersionUID = 1L;

    /** Adam with the constants of its paper: 0.9, 0.999 and 1e-8. */
    public static Adam standard() {
      return new Adam(0.9, 0.999, 1e-8);
    }

    @Override
    public int stateVectors() {
      return 2;
    }

    /** The learning rate of step {@code t}, from 1, with the moments' bias taken out. */
    double corrected(double rate, int t) {
      double steps = t;
      return rate * Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
    }
  }
}
