package org.espalier.engine.stochastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
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

  @Test
  void weightDecayIsThatOfThetaUnlessItIsExpected() {
    Settings settings =
        Settings.of(
            l0().keys().and(OptimiserKeys.WEIGHT_DECAY),
            Map.of(
                "sparsity.initialLogAlpha", "0.8473",
                "sparsity.decay", "expected",
                "optimiser.weightDecay", "5e-4"));
    l0().check(settings);
    L0Regularisation method = (L0Regularisation) l0().create(settings, PENALTY);
    assertThat(method.decay()).isCloseTo(5e-4 / 0.7, within(1e-8));
    assertThat(method).asString().endsWith(", expected squares times 0.000714)");
    assertThat(method.weights().decaysItself()).isTrue();
    assertThat(new L0Regularisation(2.197, PENALTY).weights().decaysItself()).isFalse();
    assertThatThrownBy(
            () ->
                l0().check(
                        Settings.of(
                            l0().keys().and(OptimiserKeys.WEIGHT_DECAY),
                            Map.of("sparsity.decay", "expected"))))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use sparsity.decay = expected with optimiser.weightDecay = 0: there is no weight decay; set one, or remove sparsity.decay.");
  }

  @Test
  void tensorsCanBeChosenByTheirNames() {
    Settings some = Settings.of(l0().keys(), Map.of("sparsity.drawn", "*.conv1, fc/W"));
    L0Regularisation method = new L0Regularisation(2.197, PENALTY);
    WeightForm form = DrawnTensors.form(some, method);
    assertThat(form.of("maps/a.conv1")).isEqualTo(method.weights());
    assertThat(form.of("fc/W")).isEqualTo(method.weights());
    assertThat(form.of("maps/a.conv12")).isEqualTo(WeightForm.PLAIN);
    DrawnTensors.check(some, List.of("maps/a.conv1", "maps/a.conv2", "fc/W"));
    assertThatThrownBy(() -> DrawnTensors.check(some, List.of("maps/a.conv2", "fc/W")))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot draw the weights of *.conv1: the network has no tensor of that name; it has maps/a.conv2, fc/W.");
    assertThatThrownBy(
            () -> Settings.of(l0().keys(), Map.of("sparsity.drawn", "a, ")).value(DrawnTensors.KEY))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("one or more names of tensors with commas between them");
    Settings none = Settings.of(l0().keys(), Map.of());
    assertThat(DrawnTensors.form(none, method)).isEqualTo(method.weights());
  }

  private static StochasticMethodProvider l0() {
    return new L0Regularisation.Provider();
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
