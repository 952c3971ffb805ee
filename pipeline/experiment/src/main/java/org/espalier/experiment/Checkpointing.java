package org.espalier.experiment;

import java.time.Duration;

/**
 * When a run saves what it has, and whether it goes on from what an earlier try saved.
 *
 * @param every time between two checkpoints, which are taken between rounds
 * @param start whether the run goes on from a checkpoint
 */
public record Checkpointing(Duration every, StartPolicy start) {
  private static final Duration USUAL = Duration.ofMinutes(5);

  /** How a run starts. */
  public enum StartPolicy {
    /** At step 0; refused where a checkpoint would be lost by it. */
    AFRESH,
    /** At the newest sound checkpoint; refused where there is none. */
    RESUMED,
    /** At the newest sound checkpoint, or at step 0 where there is none. */
    RESUMED_OR_AFRESH
  }

  /** Every five minutes, begun afresh. */
  public static Checkpointing usual() {
    return new Checkpointing(USUAL, StartPolicy.AFRESH);
  }

  /** This policy, started in another way. */
  public Checkpointing starting(StartPolicy other) {
    return new Checkpointing(every, other);
  }
}
