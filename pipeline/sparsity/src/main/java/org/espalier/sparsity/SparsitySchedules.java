package org.espalier.sparsity;

import java.util.List;

/** The schedules that a configuration can name. */
public final class SparsitySchedules {
  private interface Maker {
    SparsitySchedule make(long begin, long end, double finalSparsity);
  }

  private record Entry(String name, Maker maker) {}

  private static final List<Entry> KNOWN =
      List.of(
          new Entry("cubic", CubicSchedule::new),
          new Entry("constant", (begin, end, sparsity) -> new ConstantSchedule(sparsity)),
          new Entry("one-shot", (begin, end, sparsity) -> new OneShotSchedule(end, sparsity)));

  private SparsitySchedules() {}

  /** The known names. */
  public static List<String> names() {
    return KNOWN.stream().map(Entry::name).toList();
  }

  /**
   * The schedule {@code cubic} from begin to end, {@code constant}, or {@code one-shot} at the end.
   *
   * @throws org.espalier.base.Refusal if the name is unknown or a value impossible
   */
  public static SparsitySchedule named(String name, long begin, long end, double finalSparsity) {
    Bounds.requireOrder("pruning", begin, end);
    return KnownNames.choose("sparsity schedule", name, KNOWN, Entry::name)
        .maker()
        .make(begin, end, finalSparsity);
  }
}
