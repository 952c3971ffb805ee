package org.espalier.datasets;

import java.util.List;
import java.util.Map;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.rows.Attributes;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.Compression;
import org.espalier.datasets.rows.IntListColumn;
import org.espalier.datasets.rows.Row;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.RowSchema;
import org.espalier.datasets.rows.Rows;

/**
 * Pairs of sentences as numbers of subwords, several pairs packed into a row: the kind of data
 * called {@value #KIND}. The pairs of a row are its segments, numbered from 1, the same number on
 * both sides; positions begin at 0 in every segment. A number of 0 in segment 0 is a gap that
 * belongs to no pair. Gaps at the end of a side are not stored.
 *
 * @param length the most subwords of a side of a row, at least 1
 * @param subwords size of the vocabulary: numbers are 0 ... subwords-1
 * @param vocabulary SHA-256 of the vocabulary's file, in hexadecimal digits
 */
public record SentencePairs(int length, int subwords, String vocabulary) implements RowKind {
  /** The name of the kind. */
  public static final String KIND = "sentence-pairs";

  private static final String LENGTH = "length";
  private static final String SUBWORDS = "subwords";
  private static final String VOCABULARY = "vocabulary";

  /** One side of the pairs. */
  public enum Side {
    /** The sentences to be translated. */
    SOURCE,
    /** Their translations. */
    TARGET;

    private final String ids = name().toLowerCase(java.util.Locale.ROOT);
    private final String segments = ids + "Segments";
    private final String positions = ids + "Positions";

    /** The subwords of rows that were checked. */
    public IntListColumn ids(Rows rows) {
      return rows.integerLists(ids);
    }

    /** The segments of rows that were checked, as long as their subwords. */
    public IntListColumn segments(Rows rows) {
      return rows.integerLists(segments);
    }

    /** The positions of rows that were checked, as long as their subwords. */
    public IntListColumn positions(Rows rows) {
      return rows.integerLists(positions);
    }
  }

  /**
   * One side of a row.
   *
   * @param ids numbers of subwords
   * @param segments 0 for a gap, or the pair's number in the row, from 1
   * @param positions in the segment, from 0; 0 for a gap
   */
  public record Packed(int[] ids, int[] segments, int[] positions) {}

  /**
   * @throws IllegalArgumentException if a number is less than 1 or the vocabulary has no name
   */
  public SentencePairs {
    if (length < 1 || subwords < 1 || vocabulary.isBlank()) {
      throw new IllegalArgumentException(
          "Cannot have pairs of %d subwords at most of the %d of a vocabulary '%s': both must be at least 1, and the vocabulary's hash given"
              .formatted(length, subwords, vocabulary));
    }
  }

  /**
   * The pairs that a schema describes.
   *
   * @throws IllegalArgumentException if it describes something else, or no possible pairs
   */
  public static SentencePairs of(RowSchema schema) {
    schema.requireKind(KIND);
    Attributes attributes = schema.attributes();
    SentencePairs pairs =
        new SentencePairs(
            attributes.number(LENGTH), attributes.number(SUBWORDS), attributes.text(VOCABULARY));
    schema.requireColumns(pairs.schema().columns());
    return pairs;
  }

  /**
   * The pairs of a dataset.
   *
   * @throws Refusal if it holds something else
   */
  public static SentencePairs of(Dataset dataset) {
    try {
      return of(dataset.manifest().schema());
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Cannot use the sentence pairs of %s: %s; name a dataset of the kind '%s'."
              .formatted(dataset.root(), Reason.of(e), KIND),
          e);
    }
  }

  /** One row: both sides of its pairs. */
  public Row row(Packed source, Packed target) {
    return Row.of(
        source.ids(),
        source.segments(),
        source.positions(),
        target.ids(),
        target.segments(),
        target.positions());
  }

  /** Rows of any length, as long as their numbers mean the same subwords. */
  @Override
  public boolean accepts(RowKind other) {
    return other instanceof SentencePairs pairs && pairs.vocabulary.equals(vocabulary);
  }

  /** For example {@code sentence pairs of up to 256 subwords of 33288, vocabulary 3f2a91c0}. */
  @Override
  public String toString() {
    return "sentence pairs of up to %d subwords of %d, vocabulary %.8s"
        .formatted(length, subwords, vocabulary);
  }

  @Override
  public RowSchema schema() {
    return new RowSchema(
        KIND,
        List.of(Side.values()).stream()
            .flatMap(side -> List.of(side.ids, side.segments, side.positions).stream())
            .map(name -> new Column(name, ColumnType.INTS, Compression.ZSTD))
            .toList(),
        Attributes.of(Map.of(LENGTH, length, SUBWORDS, subwords, VOCABULARY, vocabulary)));
  }

  @Override
  public void check(Rows rows) {
    for (int row = 0; row < rows.count(); row++) {
      int source = check(rows, row, Side.SOURCE);
      int target = check(rows, row, Side.TARGET);
      if (source != target) {
        throw new IllegalArgumentException(
            "it has a row of %d source and %d target sentences".formatted(source, target));
      }
    }
  }

  /** Checks one side and gives its number of sentences. */
  private int check(Rows rows, int row, Side side) {
    int[] ids = side.ids(rows).at(row);
    int[] segments = side.segments(rows).at(row);
    int[] positions = side.positions(rows).at(row);
    if (ids.length > length || segments.length != ids.length || positions.length != ids.length) {
      throw new IllegalArgumentException(
          "it has a row of %d subwords, %d segments and %d positions instead of equally many, %d at most"
              .formatted(ids.length, segments.length, positions.length, length));
    }
    int sentences = 0;
    int next = 0;
    for (int at = 0; at < ids.length; at++) {
      if (ids[at] < 0 || ids[at] >= subwords) {
        throw new IllegalArgumentException(
            "it has the subword %d instead of 0 to %d".formatted(ids[at], subwords - 1));
      }
      if (segments[at] == 0) {
        if (ids[at] != 0 || positions[at] != 0) {
          throw new IllegalArgumentException(
              "it has the subword %d at position %d in a gap".formatted(ids[at], positions[at]));
        }
        continue;
      }
      if (segments[at] == sentences + 1) {
        sentences++;
        next = 0;
      }
      if (segments[at] != sentences || positions[at] != next) {
        throw new IllegalArgumentException(
            "it has the segment %d at position %d instead of %d at %d"
                .formatted(segments[at], positions[at], sentences, next));
      }
      next++;
    }
    return sentences;
  }
}
