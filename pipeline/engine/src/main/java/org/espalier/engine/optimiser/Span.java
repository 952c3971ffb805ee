package org.espalier.engine.optimiser;

import java.util.Arrays;
import java.util.List;
import org.espalier.base.settings.ValueKind;

/**
 * A length of training, in steps or in epochs: written {@code 6256}, or {@code 5 epochs}.
 *
 * @param count of steps or epochs, at least 0
 * @param unit what is counted
 */
record Span(double count, Unit unit) {
  private static final String EPOCHS = " epochs";

  /** What a span counts. */
  enum Unit {
    STEPS,
    EPOCHS
  }

  static ValueKind<Span> kind() {
    return new ValueKind<>(
        "a number of steps, or of epochs such as 5 epochs", Span::parse, Span::isPossible);
  }

  static ValueKind<List<Span>> list() {
    return new ValueKind<>(
        "numbers of steps or of epochs with commas between them, such as 30 epochs, 60 epochs",
        text -> Arrays.stream(text.split(",", -1)).map(Span::parse).toList(),
        spans -> spans.stream().allMatch(Span::isPossible));
  }

  private static Span parse(String text) {
    String trimmed = text.strip();
    return trimmed.endsWith(EPOCHS)
        ? new Span(
            Double.parseDouble(trimmed.substring(0, trimmed.length() - EPOCHS.length())),
            Unit.EPOCHS)
        : new Span(Double.parseDouble(trimmed), Unit.STEPS);
  }

  private boolean isPossible() {
    return count >= 0 && count < 1e12;
  }

  /** Its length in steps; an epoch need not end with a step. */
  double steps(RunLength run) {
    return unit == Unit.EPOCHS ? count * run.stepsPerEpoch() : count;
  }

  @Override
  public String toString() {
    return unit == Unit.EPOCHS ? count + EPOCHS : String.valueOf(count);
  }
}
