package org.espalier.experiment;

import java.util.List;
import org.espalier.results.RunHistory;
import org.espalier.sparsity.MaskSet;

/**
 * A run between two rounds, with all that is to be known of it later but its parameters and
 * optimiser state.
 *
 * @param run which run it is, and its parts up to this step
 * @param rounds all of them up to this step, in order
 * @param step number of steps done
 * @param masks those of the next round
 */
record CheckpointHead(RunHistory run, List<RoundRow> rounds, long step, MaskSet masks) {
  CheckpointHead {
    rounds = List.copyOf(rounds);
  }
}
