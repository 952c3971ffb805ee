package org.espalier.datasets.digits;

import java.util.List;
import java.util.stream.Stream;

/** The ways in which people write each digit. */
final class Glyphs {
  private static final List<List<Skeleton>> VARIANTS =
      List.of(
          variants(
              "M 50 8 C 74 8 80 30 80 50 C 80 72 72 92 50 92 C 27 92 20 70 20 50 C 20 28 28 8 50 8",
              "M 50 8 C 66 8 70 30 70 50 C 70 72 64 92 50 92 C 35 92 30 70 30 50 C 30 28 36 8 50 8",
              "M 60 12 C 32 2 20 30 20 52 C 20 80 34 92 52 92 C 74 92 82 68 78 44 C 74 22 62 10 46 16"),
          variants(
              "M 50 8 L 50 92", "M 34 28 L 52 8 L 52 92", "M 34 26 L 52 8 L 52 92 M 32 92 L 72 92"),
          variants(
              "M 24 30 C 26 2 76 0 74 34 C 72 54 40 70 24 92 L 78 92",
              "M 24 28 C 30 4 74 4 72 34 C 70 60 40 88 28 90 C 14 86 28 72 44 82 C 56 92 68 94 82 86",
              "M 26 18 C 40 4 72 8 70 30 C 68 50 44 66 24 90 C 40 86 60 96 78 88"),
          variants(
              "M 26 18 C 42 2 74 8 72 28 C 70 44 52 48 42 48 C 58 48 78 54 76 72 C 74 96 36 98 22 80",
              "M 26 10 L 72 10 L 44 42 C 66 40 80 54 76 72 C 72 96 36 98 22 82"),
          variants(
              "M 32 8 C 30 26 26 40 22 54 L 80 54 M 66 14 L 62 92",
              "M 62 92 L 62 8 L 20 64 L 82 64",
              "M 28 10 C 22 40 24 56 40 56 C 56 56 68 40 70 10 C 70 40 66 70 64 92"),
          variants(
              "M 74 10 L 32 10 L 28 44 C 48 34 78 40 76 66 C 74 94 38 98 22 82",
              "M 34 12 L 30 46 C 52 36 78 44 74 70 C 70 94 36 96 22 84 M 34 12 L 78 8",
              "M 76 12 C 60 8 44 12 36 14 C 26 30 30 42 46 46 C 66 50 76 58 72 72 C 66 94 36 94 24 84"),
          variants(
              "M 66 8 C 40 20 24 46 24 68 C 24 98 76 98 76 68 C 76 44 36 44 26 68",
              "M 42 8 C 30 30 26 52 26 70 C 28 98 74 96 74 72 C 74 52 42 50 28 74"),
          variants(
              "M 22 12 L 78 12 L 42 92",
              "M 22 12 L 78 12 L 44 92 M 34 52 L 72 52",
              "M 22 22 L 24 12 L 78 12 C 64 36 50 60 46 92"),
          variants(
              "M 50 48 C 20 40 24 8 50 8 C 76 8 80 40 50 48 C 14 58 18 92 50 92 C 82 92 86 58 50 48",
              "M 72 22 C 62 2 26 6 28 26 C 32 48 74 50 74 74 C 72 98 26 98 26 74 C 28 52 68 44 72 22"),
          variants(
              "M 74 32 C 72 6 26 4 26 32 C 26 58 70 58 74 32 C 74 56 72 78 66 92",
              "M 74 30 C 68 4 26 8 28 34 C 32 58 72 52 74 30 C 78 60 74 92 46 92 C 38 92 32 88 28 82",
              "M 72 28 C 60 4 26 12 28 36 C 32 56 68 50 72 28 L 70 92"));

  private Glyphs() {}

  /** All ways to write {@code digit}. */
  static List<Skeleton> variants(int digit) {
    return VARIANTS.get(digit);
  }

  private static List<Skeleton> variants(String... paths) {
    return Stream.of(paths).map(Skeleton::of).toList();
  }
}
