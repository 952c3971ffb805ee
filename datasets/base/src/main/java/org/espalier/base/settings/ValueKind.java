package org.espalier.base.settings;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;

/**
 * The values that a key takes.
 *
 * @param expectation completes the sentence "it must be ..."
 * @param parse reads a value as a user writes it; any RuntimeException means that it is none
 * @param allowed whether a parsed value is in range
 */
public record ValueKind<T>(String expectation, Function<String, T> parse, Predicate<T> allowed) {

  /** Any text but a blank one. */
  public static ValueKind<String> text() {
    return new ValueKind<>("some text", Function.identity(), text -> !text.isBlank());
  }

  /** A long of at least {@code least}. */
  public static ValueKind<Long> wholeNumber(long least) {
    return new ValueKind<>(
        "a whole number of at least " + least,
        text -> new BigDecimal(text).longValueExact(),
        number -> number >= least);
  }

  /** An int of at least {@code least}. */
  public static ValueKind<Integer> smallNumber(int least) {
    return new ValueKind<>(
        "a whole number of at least " + least,
        text -> new BigDecimal(text).intValueExact(),
        number -> number >= least);
  }

  /** An int of at least {@code least} and at most {@code most}. */
  public static ValueKind<Integer> smallNumber(int least, int most) {
    return new ValueKind<>(
        "a whole number from %d to %d".formatted(least, most),
        text -> new BigDecimal(text).intValueExact(),
        number -> number >= least && number <= most);
  }

  /** A double in a range, of which {@code range} completes "a number ...". */
  public static ValueKind<Double> number(String range, Predicate<Double> allowed) {
    return new ValueKind<>("a number " + range, Double::valueOf, allowed);
  }

  /** Different numbers with commas between them. */
  public static ValueKind<List<Double>> numbers(Predicate<Double> allowed) {
    return new ValueKind<>(
        "one or more different numbers with commas between them, such as 0, 0.5, 1",
        text -> Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList(),
        numbers ->
            numbers.stream().allMatch(allowed)
                && numbers.stream().distinct().count() == numbers.size());
  }

  /** One of these, written as its {@code toString}. */
  public static <T> ValueKind<T> choice(List<T> known) {
    return new ValueKind<>(
        "one of " + known.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        text ->
            known.stream()
                .filter(choice -> choice.toString().equals(text))
                .findFirst()
                .orElseThrow(),
        choice -> true);
  }

  /**
   * The value that a text stands for.
   *
   * @param path of the key, for the sentence
   * @throws Refusal if it is none of these
   */
  T read(String path, String text) {
    T value;
    try {
      value = parse.apply(text);
    } catch (RuntimeException e) {
      throw refusal(path, text, e);
    }
    if (!allowed.test(value)) {
      throw refusal(path, text, null);
    }
    return value;
  }

  private Refusal refusal(String path, String text, RuntimeException cause) {
    return new Refusal(
        "Cannot use %s = %s: it must be %s."
            .formatted(path, text.isBlank() ? "(nothing)" : text, expectation),
        cause);
  }
}
