package org.espalier.averaging.gradients;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A phase of training in one process. Where one begins, this class's logger says so on the debug
 * level, with the number of steps done: {@code phase optimiser, step 1808}.
 */
public enum Phase {
  /** An owner begins a stretch. */
  BEGIN,
  /** A process gathers the parameters of a step, or of a round. */
  GATHER,
  /** A worker computes a gradient, or trains through a round. */
  COMPUTE,
  /** A worker hands in what it computed. */
  REDUCE,
  /** An owner takes the optimiser's step in a shard. */
  OPTIMISER,
  /** An owner keeps its shards at the end of a stretch, and leaves a copy with its neighbour. */
  KEEP,
  /** The driver updates the masks; on executors, an owner gives what they are decided by. */
  MASK_UPDATE,
  /** A process gives the kept state of a shard, for a checkpoint or to a new owner. */
  HAND_OVER;

  private static final Logger LOG = LoggerFactory.getLogger(Phase.class);

  private final String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');

  /**
   * Says that this phase begins.
   *
   * @param step number of steps done
   */
  public void begins(long step) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("phase {}, step {}", words, step);
    }
  }
}
