package org.espalier.engine.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.engine.kernel.UpdateRule;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Steps beside those of ND4J's own updaters with the constants of the papers. */
class OptimiserTest {
  private static final int LENGTH = 37;
  private static final double RATE = 0.01;

  @Test
  void adam() {
    requireSameSteps(UpdateRule.Adam.standard(), new Adam(RATE, 0.9, 0.999, 1e-8));
  }

  @Test
  void nesterov() {
    requireSameSteps(new UpdateRule.Nesterov(0.9), new Nesterovs(RATE, 0.9));
  }

  @Test
  void sgd() {
    requireSameSteps(new UpdateRule.Sgd(), new Sgd(RATE));
  }

  @Test
  void adamOfTheTransformer() {
    requireSameSteps(new UpdateRule.Adam(0.9, 0.997, 1e-9), new Adam(RATE, 0.9, 0.997, 1e-9));
  }

  private static void requireSameSteps(UpdateRule rule, IUpdater stock) {
    Optimiser optimiser = new Optimiser(rule, new ConstantRate(RATE), 0);
    GradientUpdater<?> ours = updater(optimiser.updater());
    GradientUpdater<?> theirs = updater(stock);
    for (int step = 0; step < 6; step++) {
      INDArray gradient = Nd4j.linspace(DataType.DOUBLE, step - 3, 0.1, LENGTH);
      INDArray actual = gradient.dup();
      ours.applyUpdater(actual, step, 0);
      theirs.applyUpdater(gradient, step, 0);
      assertThat(actual.sub(gradient).normmaxNumber().doubleValue())
          .isLessThanOrEqualTo(1e-10 * gradient.normmaxNumber().doubleValue());
    }
  }

  private static GradientUpdater<?> updater(IUpdater configuration) {
    long length = configuration.stateSize(LENGTH);
    INDArray state = length == 0 ? null : Nd4j.zeros(DataType.DOUBLE, 1, length);
    return configuration.instantiate(state, true);
  }
}
