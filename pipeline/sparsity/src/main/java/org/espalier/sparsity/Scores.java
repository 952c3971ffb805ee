package org.espalier.sparsity;

/**
 * The scores of one mask update, tensor by tensor, and exact selection by them.
 *
 * <p>Ranking is a total order, so that every machine finds the same mask: the higher score first,
 * among equal scores the lower position in the flat vector. Memory: one float per weight of the
 * longest tensor, and counters; nothing is allocated per weight. Used by one thread for one update.
 */
public final class Scores {
  private final Score score;
  private final float[] buffer;
  private final RadixSelect select = new RadixSelect();

  /** Scores of {@code tensors}, computed when they are asked for. */
  public Scores(SparseTensors tensors, Score score) {
    this.score = score;
    this.buffer = new float[tensors.greatestLength()];
  }

  /**
   * The scores of one tensor, by flat index; positions beyond the tensor's length are undefined.
   * The array is valid until the next call of any method of this object.
   */
  public float[] of(SparseTensor tensor) {
    score.fill(tensor, buffer);
    return buffer;
  }

  /**
   * The mask that keeps exactly the {@code kept} highest-ranked weights of one tensor.
   *
   * @param kept from 0 to the tensor's length
   * @throws NotANumberScoreException if weights have to be ranked and a score is NaN
   */
  public Mask highest(SparseTensor tensor, int kept) {
    if (kept < 0 || kept > tensor.length()) {
      throw new IllegalArgumentException(
          "Cannot keep " + kept + " of the " + tensor.length() + " weights of " + tensor.name());
    }
    if (kept == tensor.length()) {
      return Mask.all(kept);
    }
    if (kept == 0) {
      return new Mask(new long[Mask.wordCount(tensor.length())], tensor.length());
    }
    float[] scores = of(tensor);
    select.begin(kept);
    for (int pass = 0; pass < RadixSelect.PASSES; pass++) {
      select.count(tensor, scores);
      select.narrow();
    }
    return pack(scores, tensor.length(), select.threshold(), select.excessEquals());
  }

  /**
   * How many weights each tensor keeps if the {@code kept} highest-ranked weights of all tensors
   * together are kept, in the order of {@code tensors}.
   *
   * <p>Computes the scores of every tensor three times rather than holding them all.
   *
   * @throws NotANumberScoreException if weights have to be ranked and a score is NaN
   */
  public int[] countsOfHighest(SparseTensors tensors, long kept) {
    int[] counts = new int[tensors.size()];
    if (kept == 0) {
      return counts;
    }
    select.begin(kept);
    for (int pass = 0; pass < RadixSelect.PASSES; pass++) {
      for (SparseTensor tensor : tensors) {
        select.count(tensor, of(tensor));
      }
      select.narrow();
    }
    int threshold = select.threshold();
    long excess = select.excessEquals();
    for (int t = counts.length - 1; t >= 0; t--) {
      float[] scores = of(tensors.at(t));
      int atLeast = 0;
      int equal = 0;
      for (int i = 0; i < tensors.at(t).length(); i++) {
        int key = RadixSelect.key(scores[i]);
        atLeast += key >= threshold ? 1 : 0;
        equal += key == threshold ? 1 : 0;
      }
      int dropped = (int) Math.min(equal, excess);
      counts[t] = atLeast - dropped;
      excess -= dropped;
    }
    return counts;
  }

  /** One bit per score, set at or above the threshold but for the last {@code excess} equals. */
  private static Mask pack(float[] scores, int length, int threshold, long excess) {
    long[] words = new long[Mask.wordCount(length)];
    for (int w = 0; w < words.length; w++) {
      int from = w << 6;
      long below = 0;
      for (int i = Math.min(from + 64, length) - 1; i >= from; i--) {
        below = (below << 1) | (((long) RadixSelect.key(scores[i]) - threshold) >>> 63);
      }
      words[w] = ~below;
    }
    words[words.length - 1] &= Mask.lastWord(length);
    long left = excess;
    for (int i = length - 1; left > 0; i--) {
      if (RadixSelect.key(scores[i]) == threshold) {
        words[i >>> 6] &= ~(1L << i);
        left--;
      }
    }
    return new Mask(words, length);
  }
}
