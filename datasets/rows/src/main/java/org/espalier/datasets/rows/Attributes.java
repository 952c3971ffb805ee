package org.espalier.datasets.rows;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a kind of data has to say of a whole dataset, such as the number of classes.
 *
 * @param values whole numbers ({@code Long}) and texts ({@code String}) by name, in the order of
 *     the names
 */
public record Attributes(SortedMap<String, Object> values) implements Serializable {

  /**
   * @throws IllegalArgumentException if a value is neither a whole number nor a text
   */
  public Attributes {
    TreeMap<String, Object> checked = new TreeMap<>();
    values.forEach((name, value) -> checked.put(name, checked(name, value)));
    values = Collections.unmodifiableSortedMap(checked);
  }

  /** Attributes by name. */
  public static Attributes of(Map<String, ?> values) {
    return new Attributes(new TreeMap<>(values));
  }

  /** Whether there is one of that name. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is beyond 32 bits
   */
  public int number(String name) {
    Object value = value(name);
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(
        "Cannot use the attribute '" + name + "': it is " + value + " and not a whole number");
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String text(String name) {
    Object value = value(name);
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "Cannot use the attribute '" + name + "': it is " + value + " and not a text");
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot find the attribute '" + name + "': there are " + values.keySet());
    }
    return value;
  }

  private static Object checked(String name, Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Long || value instanceof String) {
      return value;
    }
    throw new IllegalArgumentException(
        "Cannot have the attribute '"
            + name
            + "' of "
            + value
            + ": it must be a whole number or a text");
  }
}
