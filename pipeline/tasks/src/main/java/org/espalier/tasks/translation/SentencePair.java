package org.espalier.tasks.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.datasets.SentencePairs.Side;
import org.espalier.datasets.rows.Rows;

/**
 * A sentence and its translation, as numbers of subwords.
 *
 * @param source the sentence, its end included
 * @param target the translation, its end included
 */
public record SentencePair(int[] source, int[] target) {
  /** The pairs that are packed into a row, in their order. */
  public static List<SentencePair> of(Rows rows, int row) {
    List<int[]> sources = segments(rows, row, Side.SOURCE);
    List<int[]> targets = segments(rows, row, Side.TARGET);
    List<SentencePair> pairs = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      pairs.add(new SentencePair(sources.get(i), targets.get(i)));
    }
    return pairs;
  }

  private static List<int[]> segments(Rows rows, int row, Side side) {
    int[] ids = side.ids(rows).at(row);
    int[] segments = side.segments(rows).at(row);
    List<int[]> found = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= ids.length; at++) {
      if (at == ids.length || segments[at] != segments[from]) {
        if (segments[from] > 0) {
          found.add(Arrays.copyOfRange(ids, from, at));
        }
        from = at;
      }
    }
    return found;
  }
}
