package org.espalier.datasets.rows;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A column of a dataset.
 *
 * @param name letters, digits and underscores, starting with a letter
 * @param type of its values
 * @param compression of its pages
 */
public record Column(String name, ColumnType type, Compression compression)
    implements Serializable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");

  /**
   * @throws IllegalArgumentException if the name is none
   */
  public Column {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Cannot have a column called '"
              + name
              + "': a name has letters, digits and underscores and starts with a letter");
    }
  }

  /** For example {@code label int}. */
  @Override
  public String toString() {
    return name + " " + type.label();
  }
}
