package org.espalier.tasks.translation.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sentences in batches of about equal length, the longest first, so that little is computed of
 * padding and the batches that take longest are begun first.
 */
public final class LengthBatches {
  private static final int SENTENCES = 32;
  private static final int TOKENS = 2048;

  private final List<int[]> sentences;

  /** Batches of these sentences, each of at least one token. */
  public LengthBatches(List<int[]> sentences) {
    this.sentences = List.copyOf(sentences);
  }

  /**
   * The places of the sentences of each batch: at most {@value #SENTENCES}, and at most {@value
   * #TOKENS} tokens unless it is one.
   */
  public List<int[]> places() {
    List<Integer> order =
        IntStream.range(0, sentences.size())
            .boxed()
            .sorted(Comparator.comparing(place -> -sentences.get(place).length))
            .toList();
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.size()) {
      int longest = sentences.get(order.get(from)).length;
      int most = Math.max(1, Math.min(SENTENCES, TOKENS / longest));
      int to = Math.min(order.size(), from + most);
      batches.add(order.subList(from, to).stream().mapToInt(Integer::intValue).toArray());
      from = to;
    }
    return batches;
  }
}
