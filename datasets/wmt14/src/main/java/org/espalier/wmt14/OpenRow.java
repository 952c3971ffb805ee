package org.espalier.wmt14;

import java.util.Arrays;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.rows.Row;

/** A row to which pairs are added while they fit. */
final class OpenRow {
  /** Gaps between the pairs of a row, which keep them apart for convolutions. */
  private static final int SPACING = 2;

  private final OpenSide source;
  private final OpenSide target;
  private int pairs;

  /** A row without pairs, of sides of at most {@code length} subwords. */
  OpenRow(int length) {
    source = new OpenSide(length);
    target = new OpenSide(length);
  }

  /** Adds a pair behind those that are there, if both sides have place for it. */
  boolean add(int[] sourceIds, int[] targetIds) {
    if (!source.fits(sourceIds) || !target.fits(targetIds)) {
      return false;
    }
    pairs++;
    source.add(sourceIds, pairs);
    target.add(targetIds, pairs);
    return true;
  }

  Row row(SentencePairs kind) {
    return kind.row(source.packed(), target.packed());
  }

  /** One side, whose gaps are zeros. */
  private static final class OpenSide {
    private final int[] ids;
    private final int[] segments;
    private final int[] positions;
    private int end;

    OpenSide(int length) {
      ids = new int[length];
      segments = new int[length];
      positions = new int[length];
    }

    boolean fits(int[] sentence) {
      return begin() + sentence.length <= ids.length;
    }

    void add(int[] sentence, int segment) {
      int begin = begin();
      end = begin + sentence.length;
      System.arraycopy(sentence, 0, ids, begin, sentence.length);
      Arrays.fill(segments, begin, end, segment);
      for (int at = begin; at < end; at++) {
        positions[at] = at - begin;
      }
    }

    SentencePairs.Packed packed() {
      return new SentencePairs.Packed(
          Arrays.copyOf(ids, end), Arrays.copyOf(segments, end), Arrays.copyOf(positions, end));
    }

    private int begin() {
      return end == 0 ? 0 : end + SPACING;
    }
  }
}
