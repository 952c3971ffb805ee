package org.espalier.base.settings;

/**
 * Keys of one kind below one path whose last part is free, such as {@code sparsity.tensors."fc3/W"
 * = 0.8}. None of them has a default.
 *
 * @param path what stands before the free part, without the dot
 * @param member what the free part is, in capitals, for {@code --help}
 * @param kind what values the keys take
 * @param meaning one line for {@code --help}, with the unit
 */
public record KeyFamily<T>(String path, String member, ValueKind<T> kind, String meaning)
    implements Declared {

  /** Whether a path lies below the family's. */
  public boolean contains(String candidate) {
    return candidate.startsWith(path + ".");
  }

  /** The free part of a path of the family. */
  public String memberOf(String full) {
    return full.substring(path.length() + 1);
  }

  @Override
  public boolean isGiven(Settings settings) {
    return !settings.members(this).isEmpty();
  }
}
