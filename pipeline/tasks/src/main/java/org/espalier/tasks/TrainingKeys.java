package org.espalier.tasks;

import org.espalier.base.settings.Key;
import org.espalier.base.settings.ValueKind;

/** The keys that say how long any network is trained, for which networks have recipes. */
public final class TrainingKeys {
  /** Examples per step over all workers. */
  public static final Key<Integer> BATCH =
      Key.of("batch", ValueKind.smallNumber(1), "256", "examples per step over all workers");

  /** Passes over the training split. */
  public static final Key<Integer> EPOCHS =
      Key.of("epochs", ValueKind.smallNumber(1), "20", "passes over the training split");

  /** Steps of the run, where it is not to end with an epoch. */
  public static final Key<Long> STEPS =
      Key.of(
          "steps",
          ValueKind.wholeNumber(0),
          "0",
          "steps of the run, whatever its epochs; 0: as many as its epochs have");

  private TrainingKeys() {}
}
