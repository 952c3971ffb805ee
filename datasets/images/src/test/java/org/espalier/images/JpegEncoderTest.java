package org.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegEncoderTest {
  private static byte[] encoded(byte[] rgb, int width, int height, int quality) {
    try (RgbImage image = new RgbImage();
        JpegEncoder encoder = new JpegEncoder(quality)) {
      image.copyFrom(rgb, width, height);
      return encoder.encode(image);
    }
  }

  @ParameterizedTest
  @CsvSource({"341, 256, 90", "1, 1, 90", "16, 16, 75", "17, 33, 100", "300, 41, 60"})
  void anotherDecoderFindsThePicture(int width, int height, int quality) {
    byte[] rgb = Pictures.rgb(width, height);
    byte[] found = Pictures.decodedByTheJdk(encoded(rgb, width, height, quality));
    assertThat(Pictures.distance(found, rgb)).isLessThan(5);
  }

  @Test
  void betterQualityTakesMoreBytes() {
    byte[] rgb = Pictures.rgb(341, 256);
    assertThat(encoded(rgb, 341, 256, 95).length)
        .isGreaterThan(encoded(rgb, 341, 256, 90).length)
        .isGreaterThan(encoded(rgb, 341, 256, 50).length);
  }

  @Test
  void aQualityOutOfRangeIsRefused() {
    for (int quality : new int[] {0, 101}) {
      assertThatThrownBy(() -> new JpegEncoder(quality))
          .hasMessage("Cannot encode JPEG with quality " + quality + ": it must be 1 to 100");
    }
  }
}
