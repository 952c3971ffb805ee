package org.espalier.engine.optimiser;

import java.util.List;
import java.util.function.Function;
import org.espalier.base.settings.Choice;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.base.settings.Variant;
import org.espalier.engine.kernel.UpdateRule;

/** The update rules that {@code optimiser.rule} can name, each with its keys. */
final class UpdateRules {
  private static final ValueKind<Double> FRACTION =
      ValueKind.number("of at least 0 and below 1", x -> x >= 0 && x < 1);

  static final Key<Double> MOMENTUM =
      Key.of("optimiser.momentum", FRACTION, "0.9", "Nesterov momentum");
  static final Key<Double> BETA1 =
      Key.of("optimiser.beta1", FRACTION, "0.9", "adam's decay of the first moment, per step");
  static final Key<Double> BETA2 =
      Key.of("optimiser.beta2", FRACTION, "0.999", "adam's decay of the second moment, per step");
  static final Key<Double> EPSILON =
      Key.of(
          "optimiser.epsilon",
          ValueKind.number("above 0", x -> x > 0 && x < 1),
          "1e-8",
          "what adam adds to the root of the second moment");

  private static final List<Rule> ALL =
      List.of(
          new Rule(
              "adam",
              Keys.of(BETA1, BETA2, EPSILON),
              settings ->
                  new UpdateRule.Adam(
                      settings.value(BETA1), settings.value(BETA2), settings.value(EPSILON))),
          new Rule(
              "nesterov",
              Keys.of(MOMENTUM),
              settings -> new UpdateRule.Nesterov(settings.value(MOMENTUM))),
          new Rule("sgd", Keys.none(), settings -> new UpdateRule.Sgd()));

  static final Key<String> KEY =
      Key.of(
          "optimiser.rule",
          ValueKind.choice(ALL.stream().map(Rule::name).toList()),
          "adam",
          "how a gradient becomes a step: adam, nesterov or sgd");

  static final Choice<Rule> CHOICE = new Choice<>(KEY, ALL);

  private UpdateRules() {}

  /** An update rule by name. */
  record Rule(String name, Keys keys, Function<Settings, UpdateRule> maker) implements Variant {}
}
