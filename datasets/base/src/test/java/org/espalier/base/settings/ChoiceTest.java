package org.espalier.base.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final Key<String> METHOD = Key.of("method", ValueKind.text(), "plain", "a method");
  private static final Key<Double> RATE =
      Key.of("rate", ValueKind.number("above 0", x -> x > 0), "0.5", "a rate");
  private static final Key<Long> STEPS = Key.of("steps", ValueKind.wholeNumber(1), "10", "steps");
  private static final KeyFamily<Long> PARTS =
      new KeyFamily<>("parts", "NAME", ValueKind.wholeNumber(0), "parts");
  private static final Choice<Method> CHOICE =
      new Choice<>(
          METHOD,
          List.of(
              new Method("plain", Keys.none()),
              new Method("fast", Keys.of(RATE, STEPS)),
              new Method("slow", Keys.of(STEPS, PARTS))));

  private record Method(String name, Keys keys) implements Variant {}

  @Test
  void aVariantMayReadItsOwnKeysAlone() {
    CHOICE.check(settings(Map.of("method", "fast", "rate", "0.1", "steps", "3")));
    CHOICE.check(settings(Map.of("method", "slow", "parts.a", "3", "rate", "0.50")));

    refuses(
        Map.of("method", "slow", "rate", "0.1"),
        "Cannot use rate with method = slow: it is a setting of fast; remove it.");
    refuses(
        Map.of("steps", "3"),
        "Cannot use steps with method = plain: it is a setting of fast and slow; remove it.");
    refuses(
        Map.of("method", "fast", "parts.a", "3"),
        "Cannot use parts with method = fast: it is a setting of slow; remove it.");
    refuses(
        Map.of("method", "quick"),
        "Cannot use method = quick: it is unknown; choose one of plain, fast, slow.");
  }

  @Test
  void aRecipeReplacesDefaultsAndNothingThatIsWritten() {
    Recipe recipe = Recipe.none().with(RATE, "0.1").with(METHOD, "fast");
    Settings settings = settings(Map.of("steps", "10")).by(recipe);
    assertThat(settings.value(RATE)).isEqualTo(0.1);
    assertThat(settings.different()).isEmpty();
    CHOICE.check(settings);

    Settings written = settings(Map.of("rate", "0.5")).by(recipe);
    assertThat(written.value(RATE)).isEqualTo(0.5);
    assertThat(Settings.lines(written.canonical(Map.of()))).isEqualTo("rate=0.5\n");
    assertThat(written.texts()).containsEntry("method", "fast").containsEntry("steps", "10");
  }

  @Test
  void aRecipeMustBeReadable() {
    assertThatThrownBy(() -> Recipe.none().with(RATE, "none"))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot use rate = none: it must be a number above 0.");
  }

  @Test
  void twoKeysOfOnePathAreRefused() {
    Key<Double> other = Key.of("rate", ValueKind.number("above 0", x -> x > 0), "1", "other");
    assertThatThrownBy(() -> Keys.of(RATE).and(Keys.of(other)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the configuration key rate: it is declared twice, as 'a rate' and as 'other'; rename one of them.");
    assertThat(Keys.of(RATE, STEPS).and(Keys.of(STEPS, METHOD)))
        .containsExactly(RATE, STEPS, METHOD);
  }

  @Test
  void aKeyBelowAnotherIsRefused() {
    Key<Long> below = Key.of("rate.steps", ValueKind.wholeNumber(1), "1", "steps");
    assertThatThrownBy(() -> Keys.of(RATE, below))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the configuration key rate.steps: a file that sets it cannot set rate as well; rename one of them.");
  }

  private static void refuses(Map<String, String> written, String sentence) {
    assertThatThrownBy(() -> CHOICE.check(settings(written)))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
  }

  private static Settings settings(Map<String, String> written) {
    return Settings.of(CHOICE.keys(), written);
  }
}
