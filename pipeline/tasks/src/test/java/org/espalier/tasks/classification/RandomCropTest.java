package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.images.baseline.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomCropTest {
  private static final int ROWS = 20_000;
  private static final CentreCrop CENTRE = new CentreCrop(224);
  private static final RandomCrop CROPS = new RandomCrop(7, CENTRE, Flip.HORIZONTAL);

  @Test
  void theSameRowHasTheSameCropInAnEpochAndAnotherInTheNext() {
    int repeated = 0;
    for (int row = 0; row < 100; row++) {
      ImageView view = CROPS.of(3, row, 500, 375);
      assertThat(new RandomCrop(7, CENTRE, Flip.HORIZONTAL).of(3, row, 500, 375)).isEqualTo(view);
      repeated += CROPS.of(4, row, 500, 375).region().equals(view.region()) ? 1 : 0;
      repeated += CROPS.of(3, row + 1, 500, 375).region().equals(view.region()) ? 1 : 0;
      repeated +=
          new RandomCrop(8, CENTRE, Flip.NONE).of(3, row, 500, 375).region().equals(view.region())
              ? 1
              : 0;
    }
    assertThat(repeated).isLessThan(3);
  }

  /** What another implementation of the random numbers and of the crop says. */
  @ParameterizedTest
  @CsvSource({
    "7, 0, 0, 91, 7, 317, 255, false",
    "7, 0, 1, 99, 139, 278, 225, false",
    "7, 1, 0, 17, 21, 337, 303, true",
    "8, 0, 0, 163, 44, 253, 311, false",
    "7, 0, 1281166, 9, 198, 164, 130, false"
  })
  void whatIsDrawnOfARowNeverChanges(
      long seed, long epoch, long row, int x, int y, int width, int height, boolean mirrored) {
    assertThat(new RandomCrop(seed, CENTRE, Flip.HORIZONTAL).of(epoch, row, 500, 375))
        .isEqualTo(new ImageView(new Region(x, y, width, height), mirrored));
  }

  @ParameterizedTest
  @CsvSource({"500, 375", "375, 500", "224, 224", "60, 40"})
  void cropsHaveTheAreasAndRatiosOfThePaper(int width, int height) {
    double areas = 0;
    int mirrored = 0;
    int left = 0;
    for (int row = 0; row < ROWS; row++) {
      ImageView view = CROPS.of(0, row, width, height);
      Region region = view.region();
      assertThat(region.fits(width, height)).isTrue();
      double area = region.width() * (double) region.height() / (width * height);
      // A pixel is so much of the shorter side.
      double pixel = 1.0 / Math.min(region.width(), region.height());
      assertThat((double) region.width() / region.height())
          .isBetween(0.75 * (1 - pixel), 4.0 / 3 * (1 + pixel));
      assertThat(area).isBetween(0.1, 1.0);
      areas += area / ROWS;
      mirrored += view.mirrored() ? 1 : 0;
      left += 2 * region.x() < width - region.width() ? 1 : 0;
    }
    assertThat(mirrored).isBetween(ROWS / 2 - 300, ROWS / 2 + 300);
    assertThat(left).isBetween(ROWS / 2 - 1500, ROWS / 2 + 300);
    assertThat(areas).isBetween(0.3, 0.6);
  }

  /**
   * Of 1,000 x 1,000 pixels, where the ratio is 1: from where a tenth is covered, 316, to 1,000.
   */
  @Test
  void heightsAreUniformlyDistributed() {
    int[] hundreds = new int[10];
    int square = 0;
    for (int row = 0; row < ROWS; row++) {
      Region region = CROPS.of(1, row, 1000, 1000).region();
      if (Math.abs((double) region.width() / region.height() - 1) < 0.02) {
        hundreds[Math.min(9, region.height() / 100)]++;
        square++;
      }
    }
    for (int hundred = 4; hundred < 10; hundred++) {
      assertThat(hundreds[hundred] / (double) square).isBetween(0.12, 0.18);
    }
    assertThat(hundreds[0] + hundreds[1] + hundreds[2]).isZero();
  }

  @Test
  void whereNoCropFitsTheCentreIsSeen() {
    for (int row = 0; row < 200; row++) {
      assertThat(CROPS.of(0, row, 2000, 20).region()).isEqualTo(new Region(992, 2, 17, 17));
    }
    assertThat(CROPS.of(0, 1, 1, 1).region()).isEqualTo(new Region(0, 0, 1, 1));
  }

  @Test
  void nothingIsMirroredWhereNobodyAsksForIt() {
    RandomCrop upright = new RandomCrop(7, CENTRE, Flip.NONE);
    for (int row = 0; row < 100; row++) {
      assertThat(upright.of(0, row, 500, 375).mirrored()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "224, 500, 375, 86, 24, 328, 328",
    "224, 375, 500, 24, 86, 328, 328",
    "224, 256, 256, 16, 16, 224, 224",
    "64, 224, 224, 38, 38, 149, 149",
    "224, 1, 7, 0, 3, 1, 1"
  })
  void theCentreIsThatOfThePapersCode(
      int size, int width, int height, int x, int y, int cropWidth, int cropHeight) {
    assertThat(new CentreCrop(size).of(5, 3, width, height))
        .isEqualTo(new ImageView(new Region(x, y, cropWidth, cropHeight), false));
  }
}
