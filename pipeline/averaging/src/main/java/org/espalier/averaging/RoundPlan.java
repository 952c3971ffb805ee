package org.espalier.averaging;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntSupplier;
import java.util.function.LongPredicate;

/**
 * Cuts a run into rounds: at every multiple of the averaging frequency, wherever something has to
 * happen to the averaged weights (a mask update), and at the last step. The last round may be
 * short.
 */
public final class RoundPlan {
  private final long steps;
  private final End end;

  /**
   * The plan of a run.
   *
   * @param steps number of steps of the run, at least 1
   * @param frequency averaging frequency in steps, at least 1
   * @param cut whether a round has to end when this many steps are done
   */
  public RoundPlan(long steps, int frequency, LongPredicate cut) {
    this(steps, (begun, done) -> done % frequency == 0 || cut.test(done));
    if (steps < 1 || frequency < 1) {
      throw new IllegalArgumentException(
          "Cannot plan %d steps averaged every %d: both must be at least 1"
              .formatted(steps, frequency));
    }
  }

  private RoundPlan(long steps, End end) {
    this.steps = steps;
    this.end = end;
  }

  /**
   * The plan of a run that is cut into stretches.
   *
   * @param steps number of steps of the run, at least 1
   * @param length steps of the next stretch at most, asked for when it begins
   * @param cut whether a stretch has to end when this many steps are done
   */
  public static RoundPlan ofStretches(long steps, IntSupplier length, LongPredicate cut) {
    return new RoundPlan(
        steps, (begun, done) -> done - begun >= length.getAsInt() || cut.test(done));
  }

  /** Whether a round ends. */
  private interface End {
    boolean test(long begun, long done);
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
        long last = done + 1;
        while (last < steps && !end.test(done, last)) {
          last++;
        }
        Round round = new Round(index++, done, Math.toIntExact(last - done));
        done = last;
        return round;
      }
    };
  }
}
