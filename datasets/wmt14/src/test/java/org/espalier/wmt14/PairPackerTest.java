package org.espalier.wmt14;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.espalier.datasets.SentencePairs;
import org.junit.jupiter.api.Test;

class PairPackerTest {
  private static final SentencePairs KIND = new SentencePairs(12, 100, "cafe");

  private record Pair(int[] source, int[] target) {}

  private static int[] sentence(int... ids) {
    return ids;
  }

  private static List<List<int[]>> packed(List<Pair> pairs) throws IOException {
    List<List<int[]>> rows = new ArrayList<>();
    PairPacker packer =
        new PairPacker(
            KIND, row -> rows.add(row.values().stream().map(value -> (int[]) value).toList()));
    for (Pair pair : pairs) {
      packer.add(pair.source(), pair.target());
    }
    packer.flush();
    return rows;
  }

  @Test
  void pairsOfARowAreSegmentsWithTwoGapsBetweenThem() throws IOException {
    List<List<int[]>> rows =
        packed(
            List.of(
                new Pair(sentence(5, 6, 1), sentence(7, 1)),
                new Pair(sentence(8, 1), sentence(9, 10, 11, 1))));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0))
        .containsExactly(
            sentence(5, 6, 1, 0, 0, 8, 1),
            sentence(1, 1, 1, 0, 0, 2, 2),
            sentence(0, 1, 2, 0, 0, 0, 1),
            sentence(7, 1, 0, 0, 9, 10, 11, 1),
            sentence(1, 1, 0, 0, 2, 2, 2, 2),
            sentence(0, 1, 0, 0, 0, 1, 2, 3));
  }

  @Test
  void aRowIsFullWhenEitherSideIs() throws IOException {
    int[] six = sentence(2, 3, 4, 5, 6, 1);
    int[] four = sentence(2, 3, 4, 1);
    int[] five = sentence(2, 3, 4, 5, 1);
    assertThat(packed(List.of(new Pair(six, four), new Pair(four, six)))).hasSize(1);
    assertThat(packed(List.of(new Pair(six, four), new Pair(five, four)))).hasSize(2);
    assertThat(packed(List.of(new Pair(four, six), new Pair(four, five)))).hasSize(2);
  }

  @Test
  void rowsAreThoseOfThePlainestPacking() throws IOException {
    Random random = new Random(3);
    List<Pair> pairs = new ArrayList<>();
    for (int pair = 0; pair < 500; pair++) {
      pairs.add(new Pair(ids(random), ids(random)));
    }
    List<List<int[]>> rows = packed(pairs);
    List<List<Pair>> plain = plainly(pairs);
    assertThat(rows).hasSameSizeAs(plain);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.get(row).get(0))
          .isEqualTo(spaced(plain.get(row).stream().map(Pair::source).toList()));
      assertThat(rows.get(row).get(3))
          .isEqualTo(spaced(plain.get(row).stream().map(Pair::target).toList()));
    }
  }

  private static int[] ids(Random random) {
    return IntStream.concat(random.ints(random.nextInt(12), 2, 100), IntStream.of(1)).toArray();
  }

  /** Lists of pairs, ten open at a time. */
  private static List<List<Pair>> plainly(List<Pair> pairs) {
    List<List<Pair>> closed = new ArrayList<>();
    List<List<Pair>> open = new ArrayList<>();
    for (Pair pair : pairs) {
      List<Pair> place =
          open.stream()
              .filter(row -> length(row, pair, true) <= 12 && length(row, pair, false) <= 12)
              .findFirst()
              .orElse(null);
      if (place == null) {
        if (open.size() == 10) {
          closed.add(open.remove(0));
        }
        place = new ArrayList<>();
        open.add(place);
      }
      place.add(pair);
    }
    closed.addAll(open);
    return closed;
  }

  private static int length(List<Pair> row, Pair more, boolean source) {
    return row.stream().mapToInt(pair -> 2 + (source ? pair.source : pair.target).length).sum()
        + (source ? more.source : more.target).length;
  }

  private static int[] spaced(List<int[]> sentences) {
    int length = sentences.stream().mapToInt(ids -> ids.length + 2).sum() - 2;
    int[] row = new int[length];
    int at = 0;
    for (int[] ids : sentences) {
      System.arraycopy(ids, 0, row, at, ids.length);
      at += ids.length + 2;
    }
    return Arrays.copyOf(row, length);
  }
}
