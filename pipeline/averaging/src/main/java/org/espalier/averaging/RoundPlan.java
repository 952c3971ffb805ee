package org.espalier.averaging;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongPredicate;

/**
 * Cuts a run into rounds: at every multiple of the averaging frequency, wherever something has to
 * happen to the averaged weights (a mask update), and at the last step. The last round may be
 * short.
 */
public final class RoundPlan {
  private final long steps;
  private final int frequency;
  private final LongPredicate cut;

  /**
   * The plan of a run.
   *
   * @param steps number of steps of the run, at least 1
   * @param frequency averaging frequency in steps, at least 1
   * @param cut whether a round has to end when this many steps are done
   */
  public RoundPlan(long steps, int frequency, LongPredicate cut) {
    if (steps < 1 || frequency < 1) {
      throw new IllegalArgumentException(
          "Cannot plan %d steps averaged every %d: both must be at least 1"
              .formatted(steps, frequency));
    }
    this.steps = steps;
    this.frequency = frequency;
    this.cut = cut;
  }

  /** The rounds from a step on, in order. */
  public Iterator<Round> from(long firstStep) {
    return new Iterator<>() {
      private long done = firstStep;
      private long index;

      @Override
      public boolean hasNext() {
        return done < steps;
      }

      @Override
      public Round next() {
        if (!hasNext()) {
          throw new NoSuchElementException("The run has " + steps + " steps");
        }
        long end = done + 1;
        while (end < steps && end % frequency != 0 && !cut.test(end)) {
          end++;
        }
        Round round = new Round(index++, done, Math.toIntExact(end - done));
        done = end;
        return round;
      }
    };
  }
}
