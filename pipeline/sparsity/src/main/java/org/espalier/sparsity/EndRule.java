package org.espalier.sparsity;

import java.util.List;

/**
 * Whether masks are updated at the last step of {@link UpdateSteps} when the frequency skips it.
 */
public enum EndRule {
  /**
   * No: the last update falls on a frequency multiple, as in the runs of "The State of Sparsity". A
   * final sparsity of 98 % with begin 20,000, end 40,000 and frequency 8,000 ends at 97.216 %.
   */
  LAST_MULTIPLE("lastMultiple"),
  /** Yes: one more update at the end, so the final sparsity is always reached. */
  CLAMP_TO_END("clampToEnd");

  private final String label;

  EndRule(String label) {
    this.label = label;
  }

  /**
   * The rule of that name in a configuration, {@code lastMultiple} or {@code clampToEnd}.
   *
   * @throws org.espalier.base.Refusal if there is none
   */
  public static EndRule named(String name) {
    return KnownNames.choose("end rule", name, List.of(values()), EndRule::toString);
  }

  @Override
  public String toString() {
    return label;
  }
}
