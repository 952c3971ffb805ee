package org.espalier.averaging;

import java.util.function.IntSupplier;

/**
 * The length of the next stretch: as many steps as took about {@value #SECONDS} s, so that the
 * driver hears of a run often and costs it little. Used by one thread.
 */
public final class StretchLength implements IntSupplier {
  private static final double SECONDS = 3;
  private static final int FIRST = 10;
  private static final int MOST = 1000;
  private static final int GROWTH = 4;

  private int steps = FIRST;

  /** Takes note of what a stretch took. */
  public void note(RoundSummary stretch) {
    int done = stretch.round().steps();
    double perStep = stretch.seconds() / done;
    int wanted = (int) Math.min(MOST, SECONDS / perStep);
    steps = Math.max(1, Math.min(wanted, GROWTH * done));
  }

  @Override
  public int getAsInt() {
    return steps;
  }
}
