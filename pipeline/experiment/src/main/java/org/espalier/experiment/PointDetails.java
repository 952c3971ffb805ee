package org.espalier.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.tasks.classification.ConfusionMatrix;
import org.espalier.tasks.classification.LostRow;

/**
 * What a network at one operating point makes of single classes and rows.
 *
 * @param threshold on log alpha, where the method has one
 * @param matrix of the rows of all classes
 * @param compared with another network, where one is named
 */
public record PointDetails(
    OptionalDouble threshold, ConfusionMatrix matrix, Optional<Compared> compared) {

  /**
   * A comparison with another network.
   *
   * @param matrix of the other network
   * @param lost the rows that the other gets right and this one wrong
   * @param gained number of rows that this one gets right and the other wrong
   */
  public record Compared(ConfusionMatrix matrix, List<LostRow> lost, long gained) {

    /** How many rows of a class are lost. */
    public long lost(int truth) {
      return lost.stream().filter(row -> row.truth() == truth).count();
    }
  }
}
