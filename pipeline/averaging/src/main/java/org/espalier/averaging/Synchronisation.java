package org.espalier.averaging;

import org.espalier.averaging.parts.HeldVector;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;

/** A way to have the workers run rounds, one after the other. Used by one thread. */
interface Synchronisation extends AutoCloseable {
  /** Takes the state that the first round begins with. */
  void begin(TrainingState from);

  /**
   * Runs the next round.
   *
   * @param masks that it trains under
   */
  RoundResult run(Round round, MaskSet masks);

  /** The parameters at the end of the last round. */
  float[] parameters();

  /** Has the weights that a mask update has brought back begin the next round at zero. */
  void regrow(MaskSet before, MaskSet after);

  /** Parameters and optimiser state that the next round begins with. */
  FlatVector vector();

  /** The same where it lies, held fast until it is closed. */
  HeldVector held();

  @Override
  void close();
}
