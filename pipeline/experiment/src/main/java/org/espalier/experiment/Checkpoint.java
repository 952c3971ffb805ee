package org.espalier.experiment;

import java.util.List;
import org.espalier.averaging.TrainingState;
import org.espalier.results.RunHistory;

/**
 * A run between two rounds, with all that is to be known of it later.
 *
 * @param run which run it is, and its parts up to this step
 * @param rounds all of them up to this step, in order
 * @param state step, vector and masks
 */
record Checkpoint(RunHistory run, List<RoundRow> rounds, TrainingState state) {
  Checkpoint {
    rounds = List.copyOf(rounds);
  }
}
