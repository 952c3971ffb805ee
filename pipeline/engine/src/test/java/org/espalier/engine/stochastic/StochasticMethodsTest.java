package org.espalier.engine.stochastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.espalier.base.settings.Settings;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.sparsity.MaskingMethods;
import org.espalier.sparsity.SparsityMethodProvider;
import org.junit.jupiter.api.Test;

class StochasticMethodsTest {
  private static final PenaltySchedule PENALTY = PenaltySchedule.linear(0.5, 10, 20);

  @Test
  void namesAreThoseOfThePaperAndNoneIsAMaskingMethod() {
    assertThat(StochasticMethods.all())
        .extracting(SparsityMethodProvider::name)
        .containsExactly("variational-dropout", "l0")
        .doesNotContainAnyElementsOf(
            MaskingMethods.all().stream().map(SparsityMethodProvider::name).toList());
  }

  @Test
  void everyMethodReadsItsOwnKeys() {
    assertThat(
            method(
                "variational-dropout",
                Map.of(
                    "sparsity.initialLogSigma2", "-15",
                    "sparsity.thresholds", "3, 0.5",
                    "sparsity.trainThreshold", "4")))
        .isEqualTo(new VariationalDropout(-15, List.of(3.0, 0.5), PENALTY, 4));
    assertThat(method("l0", Map.of("sparsity.initialLogAlpha", "0.847")))
        .isEqualTo(new L0Regularisation(0.847, PENALTY));
  }

  @Test
  void aPenaltyIsDividedByTheExamples() {
    Settings settings =
        Settings.of(
            PenaltyKeys.all(),
            Map.of(
                "sparsity.penalty.ramp", "linear",
                "sparsity.penalty.weight", "3",
                "sparsity.penalty.begin", "10",
                "sparsity.penalty.end", "30"));
    assertThat(PenaltyKeys.penalty(settings, 6, 100)).isEqualTo(PENALTY);
    Settings packed = settings.with(PenaltyKeys.EXAMPLES, "6");
    assertThat(PenaltyKeys.penalty(packed, 2, 100)).isEqualTo(PENALTY);
  }

  @Test
  void aMethodPrintsItsConfiguration() {
    assertThat(method("l0", Map.of("sparsity.initialLogAlpha", "0.847")))
        .hasToString("l0(log alpha from 0.847, expected gates times %s)".formatted(PENALTY));
    assertThat(
            method(
                "variational-dropout",
                Map.of(
                    "sparsity.initialLogSigma2", "-15",
                    "sparsity.thresholds", "3, 0.5",
                    "sparsity.trainThreshold", "4")))
        .hasToString(
            "variational-dropout(log sigma^2 from -15.0, thresholds [3.0, 0.5], KL times %s, no mean from log alpha 4.0 on)"
                .formatted(PENALTY));
  }

  private static StochasticMethod method(String name, Map<String, String> written) {
    StochasticMethodProvider provider =
        StochasticMethods.all().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    return provider.create(Settings.of(provider.keys(), written), PENALTY);
  }
}
