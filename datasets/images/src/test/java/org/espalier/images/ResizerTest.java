package org.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.images.baseline.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizerTest {
  private final Resizer resizer = new Resizer();

  private byte[] resized(byte[] rgb, int width, int height, int newWidth, int newHeight) {
    try (RgbImage from = new RgbImage();
        RgbImage to = new RgbImage()) {
      from.copyFrom(rgb, width, height);
      resizer.resize(from, Region.all(from.width(), from.height()), newWidth, newHeight, to);
      return Pictures.pixels(to);
    }
  }

  @ParameterizedTest
  @CsvSource({"341, 256", "200, 150", "64, 48", "501, 376", "1000, 750"})
  void aSmoothPictureStaysThePicture(int width, int height) {
    byte[] found = resized(Pictures.rgb(500, 375), 500, 375, width, height);
    byte[] wanted = Pictures.scaled(500, 375, width, height);
    assertThat(Pictures.distance(found, wanted)).isLessThan(1);
  }

  @Test
  void noPixelIsSkippedWhenAPictureShrinksALot() {
    byte[] stripes = new byte[640 * 640 * 3];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i / 3 % 2 == 0 ? 255 : 0);
    }
    for (byte value : resized(stripes, 640, 640, 100, 100)) {
      assertThat(value & 0xFF).isBetween(120, 136);
    }
  }

  @Test
  void aRegionIsResizedByItself() {
    byte[] rgb = Pictures.rgb(500, 375);
    try (RgbImage from = new RgbImage();
        RgbImage to = new RgbImage()) {
      from.copyFrom(rgb, 500, 375);
      resizer.resize(from, new Region(100, 50, 30, 20), 30, 20, to);
      byte[] found = Pictures.pixels(to);
      for (int y = 0; y < 20; y++) {
        for (int x = 0; x < 90; x++) {
          assertThat(found[y * 90 + x]).isEqualTo(rgb[3 * ((y + 50) * 500 + 100) + x]);
        }
      }
    }
  }

  @Test
  void anEmptyRegionIsRefused() {
    assertThatThrownBy(() -> new Region(0, 0, 0, 1))
        .hasMessage(
            "Cannot have a region of 0x1 pixels at (0, 0): it must not be empty or begin before the"
                + " image");
  }
}
