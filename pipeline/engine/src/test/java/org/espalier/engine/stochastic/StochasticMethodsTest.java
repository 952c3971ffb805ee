package org.espalier.engine.stochastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.engine.layer.PenaltySchedule;
import org.espalier.sparsity.MaskingMethods;
import org.junit.jupiter.api.Test;

class StochasticMethodsTest {
  private static final PenaltySchedule PENALTY = PenaltySchedule.linear(0.5, 10, 20);
  private static final StochasticSettings SETTINGS =
      new StochasticSettings(PENALTY, List.of(3.0, 0.5), -15, 4, 0.847);

  @Test
  void namesAreThoseOfThePaperAndNoneIsAMaskingMethod() {
    assertThat(StochasticMethods.names())
        .containsExactly("variational-dropout", "l0")
        .doesNotContainAnyElementsOf(MaskingMethods.names());
  }

  @Test
  void everyMethodTakesWhatItNeeds() {
    assertThat(StochasticMethods.find("variational-dropout", SETTINGS))
        .contains(new VariationalDropout(-15, List.of(3.0, 0.5), PENALTY, 4));
    assertThat(StochasticMethods.find("l0", SETTINGS))
        .contains(new L0Regularisation(0.847, PENALTY));
  }

  @Test
  void aForeignNameIsNoStochasticMethod() {
    for (String name : List.of("magnitude", "dense", "", "L0", "variational")) {
      assertThat(StochasticMethods.find(name, SETTINGS)).isEmpty();
    }
  }

  @Test
  void aMethodPrintsItsConfiguration() {
    assertThat(StochasticMethods.find("l0", SETTINGS).orElseThrow())
        .hasToString("l0(log alpha from 0.847, expected gates times %s)".formatted(PENALTY));
    assertThat(StochasticMethods.find("variational-dropout", SETTINGS).orElseThrow())
        .hasToString(
            "variational-dropout(log sigma^2 from -15.0, thresholds [3.0, 0.5], KL times %s, no mean from log alpha 4.0 on)"
                .formatted(PENALTY));
  }
}
