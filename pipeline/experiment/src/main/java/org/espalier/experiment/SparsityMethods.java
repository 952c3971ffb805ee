package org.espalier.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Choice;
import org.espalier.base.settings.Settings;
import org.espalier.engine.stochastic.DrawnTensors;
import org.espalier.engine.stochastic.PenaltyKeys;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.stochastic.StochasticMethodProvider;
import org.espalier.engine.stochastic.StochasticMethods;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.FixedMasks;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingContext;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.MaskingMethodProvider;
import org.espalier.sparsity.MaskingMethods;
import org.espalier.sparsity.PruningKeys;
import org.espalier.sparsity.SparsityMethodProvider;

/**
 * The methods that {@code sparsity.method} can name: those that hold masks, then those that draw.
 */
final class SparsityMethods {
  private SparsityMethods() {}

  /**
   * The list that users see.
   *
   * @throws Refusal if two methods have the same name
   */
  static Choice<SparsityMethodProvider> choice() {
    List<SparsityMethodProvider> all = new ArrayList<>(MaskingMethods.all());
    all.addAll(StochasticMethods.all());
    return new Choice<>(ExperimentKeys.METHOD, all);
  }

  /**
   * Checks what can be known without the data.
   *
   * @throws Refusal if the method is unknown, or a key does not go with it
   */
  static void check(Settings settings) {
    SparsityMethodProvider chosen = choice().chosen(settings);
    double target = settings.value(PruningKeys.TARGET);
    if (target > 0 && !chosen.keys().contains(PruningKeys.TARGET)) {
      throw new Refusal(
          "Cannot reach sparsity.target = %s with sparsity.method = %s: %s."
              .formatted(target, chosen.name(), chosen.insteadOfTarget()));
    }
    if (FixedMasks.KEY.isGiven(settings) && !chosen.keys().contains(FixedMasks.KEY)) {
      throw new Refusal(
          "Cannot use sparsity.masks with sparsity.method = %s: given masks are for the method fixed; remove them or choose it."
              .formatted(chosen.name()));
    }
    choice().check(settings);
  }

  /** The method that decides the masks; a network whose weights are drawn is dense until read. */
  static MaskingMethod masking(Settings settings, Optional<MaskSet> given) {
    return choice().chosen(settings) instanceof MaskingMethodProvider provider
        ? provider.create(new MaskingContext(settings, settings.value(ExperimentKeys.SEED), given))
        : new Dense();
  }

  /**
   * The method whose weights are drawn, if the chosen one is.
   *
   * @param examples of the training split
   * @param steps of the run
   * @throws Refusal if the penalty's ramp ends after the run
   */
  static Optional<StochasticMethod> stochastic(Settings settings, long examples, long steps) {
    return provider(settings)
        .map(provider -> provider.create(settings, PenaltyKeys.penalty(settings, examples, steps)));
  }

  /** As {@link #stochastic}, for reading what is trained already. */
  static Optional<StochasticMethod> trained(Settings settings) {
    return provider(settings).map(provider -> provider.create(settings, PenaltySchedule.NONE));
  }

  /** The form of the weights in training: plain where no method draws them. */
  static WeightForm form(Settings settings, Optional<StochasticMethod> method) {
    return method.map(drawing -> DrawnTensors.form(settings, drawing)).orElse(WeightForm.PLAIN);
  }

  /**
   * Checks that the settings speak of the tensors of a network.
   *
   * @throws Refusal if weights of tensors that it has not are to be drawn
   */
  static void check(Settings settings, NetworkTensors tensors) {
    if (provider(settings).isPresent()) {
      DrawnTensors.check(
          settings,
          tensors.all().stream()
              .filter(tensor -> tensor.role() == TensorRole.WEIGHT)
              .map(ParameterTensor::name)
              .toList());
    }
  }

  private static Optional<StochasticMethodProvider> provider(Settings settings) {
    return choice().chosen(settings) instanceof StochasticMethodProvider provider
        ? Optional.of(provider)
        : Optional.empty();
  }
}
