package org.espalier.engine.stochastic;

import java.util.Collection;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.engine.tensor.TensorNames;
import org.espalier.engine.weights.WeightForm;

/** The tensors whose weights a stochastic method draws; the weights of the others are plain. */
public final class DrawnTensors {
  /** Their names, {@code owner/key}, with an asterisk for any characters. */
  public static final Key<TensorNames> KEY =
      Key.of(
          "sparsity.drawn",
          new ValueKind<>(
              "one or more names of tensors with commas between them, such as *.conv1",
              TensorNames::parse,
              names -> true),
          TensorNames.ALL.toString(),
          "tensors whose weights are drawn, by names in which * stands for any characters; the others stay plain and whole");

  private DrawnTensors() {}

  /** The form of a network's weights: the method's in the tensors that settings name. */
  public static WeightForm form(Settings settings, StochasticMethod method) {
    TensorNames names = settings.value(KEY);
    return names.equals(TensorNames.ALL)
        ? method.weights()
        : new WeightForm.Selected(method.weights(), names);
  }

  /**
   * Checks that a network has tensors of these names.
   *
   * @param weights names of its tensors of weights
   * @throws Refusal if one of the names is that of no tensor
   */
  public static void check(Settings settings, Collection<String> weights) {
    settings.value(KEY).patterns().stream()
        .filter(pattern -> weights.stream().noneMatch(new TensorNames(pattern)::include))
        .findFirst()
        .ifPresent(
            pattern -> {
              throw new Refusal(
                  "Cannot draw the weights of %s: the network has no tensor of that name; it has %s."
                      .formatted(pattern, String.join(", ", weights)));
            });
  }
}
