package org.espalier.tasks.classification;

import java.util.ArrayList;
import java.util.List;
import org.espalier.tasks.Predictions;

/**
 * A row that a network gets wrong and another right.
 *
 * @param row its number in the split
 * @param truth its class
 * @param predicted the class that it is taken for; the other network takes it for its own
 */
public record LostRow(long row, int truth, int predicted) {

  /**
   * The rows that are lost between two networks, in their order.
   *
   * @param before predictions of the network that gets them right, in the order of the rows
   * @param after predictions of the network that gets them wrong, of the same batches
   */
  public static List<LostRow> between(List<Predictions> before, List<Predictions> after) {
    List<LostRow> lost = new ArrayList<>();
    long first = 0;
    for (int b = 0; b < after.size(); b++) {
      Predictions then = before.get(b);
      Predictions now = after.get(b);
      for (int i = 0; i < now.count(); i++) {
        int truth = now.truth(i);
        if (then.predicted(i) == truth && now.predicted(i) != truth) {
          lost.add(new LostRow(first + i, truth, now.predicted(i)));
        }
      }
      first += now.count();
    }
    return lost;
  }
}
