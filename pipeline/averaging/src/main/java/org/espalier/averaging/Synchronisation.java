package org.espalier.averaging;

import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;

/** A way to have the workers run a round and to come back with one state. Used by one thread. */
interface Synchronisation extends AutoCloseable {
  /**
   * Runs a round.
   *
   * @param state parameters and optimiser state that it begins with
   * @param masks that it trains under
   */
  RoundResult run(Round round, FlatVector state, MaskSet masks);

  @Override
  void close();
}
