package org.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.espalier.images.baseline.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropDecoderTest {
  private static final int SIDE = 64;

  private final CropDecoder decoder = new CropDecoder();

  @AfterEach
  void close() {
    decoder.close();
  }

  private float[] crop(byte[] file, Region region, int side) throws UnreadableImageException {
    float[] rgb = new float[3 * side * side];
    decoder.decode(file, file.length, decoder.header(file, file.length), region, side, rgb);
    return rgb;
  }

  private static double distance(float[] found, double[] wanted) {
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      sum += Math.abs(found[i] - wanted[i]);
    }
    return sum / found.length;
  }

  private double distance(byte[] file, int width, Region region) throws UnreadableImageException {
    return distance(file, width, region, SIDE);
  }

  private double distance(byte[] file, int width, Region region, int side)
      throws UnreadableImageException {
    double[] wanted = CropReference.of(whole(file), width, region, side);
    return distance(crop(file, region, side), wanted);
  }

  private static byte[] whole(byte[] file) throws UnreadableImageException {
    try (JpegDecoder plain = new JpegDecoder();
        RgbImage image = new RgbImage()) {
      ImageHeader header = plain.header(file, file.length);
      plain.decode(file, file.length, header, Reduction.NONE, Orientation.AS_STORED, image);
      return Pictures.pixels(image);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 300, 200",
    "17, 33, 100, 90",
    "1, 1, 64, 64",
    "250, 150, 50, 50",
    "299, 199, 1, 1",
    "0, 100, 300, 64",
    "140, 0, 100, 200",
    "7, 9, 33, 21"
  })
  void aRegionIsWhatWholeDecodingCroppingAndResizingGive(int x, int y, int width, int height)
      throws UnreadableImageException {
    Region region = new Region(x, y, width, height);
    assertThat(distance(Pictures.jpeg(300, 200), 300, region)).isLessThan(1);
    assertThat(distance(Pictures.gray(300, 200), 300, region)).isLessThan(0.6);
    assertThat(distance(Pictures.progressive(300, 200), 300, region)).isLessThan(0.6);
    assertThat(distance(Pictures.png(300, 200), 300, region)).isLessThan(0.6);
  }

  @ParameterizedTest
  @CsvSource({"33, 19, 141, 150", "100, 50, 280, 270", "5, 3, 600, 530", "0, 0, 640, 560"})
  void aLargeRegionIsDecodedReduced(int x, int y, int width, int height)
      throws UnreadableImageException {
    Region region = new Region(x, y, width, height);
    assertThat(Reduction.keeping(SIDE, region.shortSide())).isNotEqualTo(Reduction.NONE);
    assertThat(distance(Pictures.jpeg(640, 560), 640, region)).isLessThan(1);
    assertThat(distance(Pictures.progressive(640, 560), 640, region)).isLessThan(3);
  }

  /** Of the short side 224 of 256 pixels. */
  @Test
  void theCentreThatEvaluationSeesIsThatOfPlainDecoding() throws UnreadableImageException {
    Region centre = new Region(86, 24, 328, 328);
    assertThat(distance(Pictures.jpeg(500, 375), 500, centre, 224)).isLessThan(0.7);
    assertThat(distance(Pictures.progressive(500, 375), 500, centre, 224)).isLessThan(0.6);
  }

  @Test
  void neighboursOfARegionHaveNoPartInIt() throws UnreadableImageException {
    byte[] file = Pictures.png(100, 100);
    float[] rgb = crop(file, new Region(30, 20, 10, 10), 10);
    byte[] picture = Pictures.rgb(100, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(rgb[i]).isEqualTo(picture[3 * ((20 + i / 10) * 100 + 30 + i % 10)] & 0xFF);
    }
  }

  @Test
  void theSameRegionHasTheSameBitsWhateverWasDecodedBefore() throws UnreadableImageException {
    byte[] file = Pictures.jpeg(500, 375);
    Region region = new Region(100, 80, 300, 250);
    float[] first = crop(file, region, 224);
    crop(Pictures.jpeg(900, 90), new Region(3, 5, 800, 80), 32);
    crop(file, new Region(0, 0, 500, 375), 96);
    assertThat(crop(file, region, 224)).isEqualTo(first);
  }

  @Test
  void valuesStayBetweenBlackAndWhite() throws UnreadableImageException {
    byte[] file = Pictures.jpeg(300, 200);
    for (float value : crop(file, new Region(0, 0, 300, 200), 224)) {
      assertThat(value).isBetween(0f, 255f);
    }
  }

  @Test
  void aFileThatEndsBeforeTheRegionDoesIsUnreadable() {
    byte[] file = Pictures.jpeg(300, 200);
    byte[] half = Arrays.copyOf(file, file.length / 2);
    assertThatThrownBy(() -> crop(half, new Region(0, 0, 300, 200), SIDE))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("ends before its last row");
  }

  @Test
  void aRegionBehindTheImageIsRefused() {
    assertThatThrownBy(() -> crop(Pictures.jpeg(300, 200), new Region(250, 0, 51, 10), SIDE))
        .hasMessage(
            "Cannot crop Region[x=250, y=0, width=51, height=10] of 300x200 pixels: it ends behind"
                + " the image");
  }
}
