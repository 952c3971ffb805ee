package org.espalier.experiment;

import java.util.List;
import org.espalier.averaging.TrainingState;
import org.espalier.engine.replica.FlatVector;
import org.espalier.results.RunHistory;

/**
 * A run between two rounds, as it is read again.
 *
 * @param head all but the vector
 * @param vector parameters and optimiser state
 */
record Checkpoint(CheckpointHead head, FlatVector vector) {
  RunHistory run() {
    return head.run();
  }

  List<RoundRow> rounds() {
    return head.rounds();
  }

  TrainingState state() {
    return new TrainingState(head.step(), vector, head.masks());
  }
}
