package org.espalier.sparsity;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.espalier.base.Refusal;

/** The masking methods that a configuration can name. A new method is a line in this list. */
public final class MaskingMethods {
  /** What a method cannot do without. */
  public enum Input {
    /** Nothing: its masks follow from the network. */
    NONE,
    /** A schedule, a distribution and the steps of its updates. */
    PLAN,
    /** Masks that are there before training. */
    MASKS
  }

  private record Entry(
      String name,
      Input input,
      Set<String> knobs,
      Function<MaskingSettings, MaskingMethod> maker) {}

  private static final List<Entry> KNOWN =
      List.of(
          new Entry("dense", Input.NONE, Set.of(), settings -> new Dense()),
          new Entry(
              "magnitude", Input.PLAN, Set.of(), settings -> new MagnitudePruning(settings.plan())),
          new Entry(
              "random",
              Input.PLAN,
              Set.of(),
              settings -> new RandomPruning(settings.plan(), settings.seed())),
          new Entry("fixed", Input.MASKS, Set.of(), settings -> new FixedMasks(settings.masks())));

  private MaskingMethods() {}

  /** The known names. */
  public static List<String> names() {
    return KNOWN.stream().map(Entry::name).toList();
  }

  /** The names of the methods that take this. */
  public static List<String> taking(Input input) {
    return KNOWN.stream().filter(entry -> entry.input() == input).map(Entry::name).toList();
  }

  /**
   * The method of that name.
   *
   * @throws Refusal if the name is unknown, something it needs is missing, or a knob is not its own
   */
  public static MaskingMethod named(String name, MaskingSettings settings) {
    Entry entry = KnownNames.choose("masking method", name, KNOWN, Entry::name);
    Set<String> foreign = new TreeSet<>(settings.knobNames());
    foreign.removeAll(entry.knobs());
    if (!foreign.isEmpty()) {
      throw new Refusal(
          "Cannot set "
              + String.join(", ", foreign)
              + " for the masking method "
              + name
              + ": it has "
              + (entry.knobs().isEmpty()
                  ? "no settings of its own."
                  : "only " + String.join(", ", new TreeSet<>(entry.knobs())) + "."));
    }
    return entry.maker().apply(settings);
  }
}
