package org.espalier.base.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.espalier.base.NearestNames;
import org.espalier.base.Refusal;

/** Declared settings with different paths, in the order in which people read them. Immutable. */
public final class Keys implements Iterable<Declared> {
  private static final Keys NONE = new Keys(List.of());

  private final List<Declared> declared;

  private Keys(List<Declared> declared) {
    this.declared = List.copyOf(declared);
  }

  /** No settings. */
  public static Keys none() {
    return NONE;
  }

  /**
   * These settings.
   *
   * @throws Refusal if two have the same path, or one lies below another
   */
  public static Keys of(Declared... declared) {
    return NONE.and(declared);
  }

  /** These settings, then others. */
  public Keys and(Declared... others) {
    return and(List.of(others));
  }

  /**
   * These settings, then those of others that are not among them.
   *
   * @throws Refusal if both declare a path and differ in what they say of it, or one of them
   *     declares a path below another
   */
  public Keys and(Keys others) {
    return and(others.declared);
  }

  private Keys and(Collection<Declared> others) {
    List<Declared> all = new ArrayList<>(declared);
    for (Declared other : others) {
      requireOwnBranch(all, other.path());
      Optional<Declared> known = find(all, other.path());
      if (known.isEmpty()) {
        all.add(other);
      } else if (!known.get().equals(other)) {
        throw new Refusal(
            "Cannot use the configuration key %s: it is declared twice, as '%s' and as '%s'; rename one of them."
                .formatted(other.path(), known.get().meaning(), other.meaning()));
      }
    }
    return new Keys(all);
  }

  /** Whether a setting is among these. */
  public boolean contains(Declared setting) {
    return declared.contains(setting);
  }

  /** The keys alone, without families. */
  public List<Key<?>> single() {
    List<Key<?>> keys = new ArrayList<>();
    for (Declared setting : declared) {
      if (setting instanceof Key<?> key) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** The families alone. */
  public List<KeyFamily<?>> families() {
    List<KeyFamily<?>> families = new ArrayList<>();
    for (Declared setting : declared) {
      if (setting instanceof KeyFamily<?> family) {
        families.add(family);
      }
    }
    return families;
  }

  /** The family that a path belongs to. */
  public Optional<KeyFamily<?>> familyOf(String path) {
    return families().stream().filter(family -> family.contains(path)).findFirst();
  }

  /** Refuses a path that is neither a key's nor below a family's. */
  void requireKnown(String path) {
    List<String> paths = single().stream().map(key -> key.path()).toList();
    if (!paths.contains(path) && familyOf(path).isEmpty()) {
      throw new Refusal(
          "Cannot use the configuration key '%s': it is unknown; did you mean %s?"
              .formatted(path, NearestNames.of(path, paths)));
    }
  }

  /** HOCON has no place for a value at a path and further keys below it. */
  private static void requireOwnBranch(List<Declared> all, String path) {
    for (Declared known : all) {
      if (path.startsWith(known.path() + ".") || known.path().startsWith(path + ".")) {
        throw new Refusal(
            "Cannot use the configuration key %s: a file that sets it cannot set %s as well; rename one of them."
                .formatted(path, known.path()));
      }
    }
  }

  private static Optional<Declared> find(List<Declared> all, String path) {
    return all.stream().filter(known -> known.path().equals(path)).findFirst();
  }

  @Override
  public Iterator<Declared> iterator() {
    return declared.iterator();
  }
}
