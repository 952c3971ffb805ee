package org.espalier.tasks;

import org.espalier.base.settings.Key;
import org.espalier.base.settings.ValueKind;

/** The keys of any network's training for which networks and data have recipes. */
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

  /** Examples per worker that are shuffled among each other. */
  public static final Key<Integer> SHUFFLE_WINDOW =
      Key.of(
          "shuffleWindow",
          ValueKind.smallNumber(1),
          "8192",
          "examples per worker that are shuffled among each other, beside the shuffle of row groups; for JPEG images 256 unless set");

  private TrainingKeys() {}
}
