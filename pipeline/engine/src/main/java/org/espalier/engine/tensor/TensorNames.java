package org.espalier.engine.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The names of some tensors of a network, {@code owner/key}, in which an asterisk stands for any
 * characters, such as {@code *.conv1}. Immutable.
 *
 * @param patterns at least one
 */
public record TensorNames(@JsonProperty("patterns") List<String> patterns) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ANY = "*";
  private static final String SEPARATOR = ", ";

  /** The names of all tensors. */
  public static final TensorNames ALL = new TensorNames(ANY);

  /**
   * Some names.
   *
   * @throws IllegalArgumentException if there is none, or a blank one
   */
  public TensorNames {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty() || patterns.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "Cannot name tensors by %s: every name must have a character at least."
              .formatted(patterns));
    }
  }

  /** The names that one pattern stands for. */
  public TensorNames(String pattern) {
    this(List.of(pattern));
  }

  /** The names in a text, commas between them. */
  public static TensorNames parse(String text) {
    return new TensorNames(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }

  /** Whether a tensor's name is among them. */
  public boolean include(String tensor) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, tensor));
  }

  private static boolean matches(String pattern, String tensor) {
    String regex =
        Arrays.stream(pattern.split(Pattern.quote(ANY), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.matches(regex, tensor);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return String.join(SEPARATOR, patterns);
  }
}
