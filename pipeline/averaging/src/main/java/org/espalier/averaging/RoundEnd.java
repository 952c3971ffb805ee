package org.espalier.averaging;

import java.util.function.Supplier;
import org.espalier.averaging.parts.HeldVector;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;

/**
 * The end of a round, and what the next one begins with.
 *
 * @param step number of steps done
 * @param masks those of the next round
 * @param vector gives parameters and updater state, which may have to be fetched from the
 *     executors; to be asked before the next round begins
 * @param held gives the same where it lies, without fetching it; to be asked before the next round
 *     begins, and good until it is closed
 */
public record RoundEnd(
    long step, MaskSet masks, Supplier<FlatVector> vector, Supplier<HeldVector> held) {
  /** The whole state, fetched where it has to be. */
  public TrainingState state() {
    return new TrainingState(step, vector.get(), masks);
  }
}
