package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {
  private final PixelWindow window = new PixelWindow(32, 32);

  private static Augmentation augmentation(long seed, int margin, Flip flip) {
    return new Augmentation(seed, margin, Border.ZERO, flip);
  }

  /** What another implementation of the random numbers says. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, 0, false",
    "1, 0, 1, -2, 2, false",
    "1, 1, 0, 3, 4, true",
    "2, 0, 0, 0, -4, true",
    "1, 0, 49999, 1, 2, false"
  })
  void whatIsDrawnOfARowNeverChanges(
      long seed, long epoch, long number, int down, int right, boolean mirrored) {
    Augmentation drawn = augmentation(seed, 4, Flip.HORIZONTAL);
    drawn.place(drawn.key(epoch), number, window);
    assertThat(window.row(10)).isEqualTo(10 + down);
    assertThat(window.column(mirrored ? 31 - 10 : 10)).isEqualTo(10 + right);
    assertThat(window.column(mirrored ? 31 - 11 : 11)).isEqualTo(11 + right);
  }

  @Test
  void withoutFlipsNothingIsMirroredAndWithoutCropsNothingMoves() {
    Augmentation crops = augmentation(1, 4, Flip.NONE);
    crops.place(crops.key(1), 0, window);
    assertThat(window.column(10)).isEqualTo(14);
    Augmentation flips = augmentation(1, 0, Flip.HORIZONTAL);
    flips.place(flips.key(1), 0, window);
    assertThat(window.column(0)).isEqualTo(31);
    assertThat(window.row(0)).isZero();
  }

  @Test
  void everyPlaceIsTakenAboutEquallyOften() {
    Augmentation drawn = augmentation(7, 4, Flip.HORIZONTAL);
    int[][] places = new int[9][9];
    int mirrored = 0;
    int rows = 81 * 200;
    long key = drawn.key(3);
    for (int row = 0; row < rows; row++) {
      drawn.place(key, row, window);
      boolean flipped = window.column(10) > window.column(11);
      mirrored += flipped ? 1 : 0;
      places[window.row(10) - 6][window.column(flipped ? 21 : 10) - 6]++;
    }
    for (int[] line : places) {
      for (int count : line) {
        assertThat(count).isBetween(140, 260); // Four deviations of 14.
      }
    }
    assertThat(mirrored).isBetween(rows / 2 - 260, rows / 2 + 260);
  }

  @Test
  void noAugmentationSaysSo() {
    assertThat(Augmentation.none().isNone()).isTrue();
    assertThat(augmentation(1, 0, Flip.NONE).isNone()).isTrue();
    assertThat(augmentation(1, 1, Flip.NONE).isNone()).isFalse();
    assertThat(augmentation(1, 0, Flip.HORIZONTAL).isNone()).isFalse();
  }
}
