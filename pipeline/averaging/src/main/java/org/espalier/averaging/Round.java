package org.espalier.averaging;

import java.io.Serializable;

/**
 * The steps that every worker runs before the next averaging.
 *
 * @param index 0 for the first round of a run
 * @param firstStep number of steps done before the round
 * @param steps number of steps of the round, at least 1
 */
public record Round(long index, long firstStep, int steps) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Number of steps done after the round. */
  public long end() {
    return firstStep + steps;
  }
}
