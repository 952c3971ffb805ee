package org.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.espalier.images.baseline.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path without RGB, beside the one through OpenCV. */
class UsualPathTest {
  private final UsualPath usual = new UsualPath(95);

  private byte[] byTheUsualPath(byte[] file, Reduction reduction, int width, int height) {
    assertThat(usual.resize(file, file.length, reduction, width, height)).isTrue();
    return Pictures.decodedByTheJdk(usual.encode());
  }

  private static byte[] byOpenCv(byte[] file, Reduction reduction, int width, int height)
      throws UnreadableImageException {
    try (JpegDecoder decoder = new JpegDecoder();
        Resizer resizer = new Resizer();
        JpegEncoder encoder = new JpegEncoder(95);
        RgbImage whole = new RgbImage();
        RgbImage resized = new RgbImage()) {
      ImageHeader header = decoder.header(file, file.length);
      decoder.decode(file, file.length, header, reduction, Orientation.AS_STORED, whole);
      resizer.resize(whole, Region.all(whole.width(), whole.height()), width, height, resized);
      return Pictures.decodedByTheJdk(encoder.encode(resized));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, 375, 341, 256", "375, 500, 256, 341", "501, 377, 341, 257", "300, 300, 256, 256",
    "200, 150, 341, 256", "1200, 900, 341, 256", "640, 700, 64, 70", "17, 9, 16, 16"
  })
  void bothPathsGiveThePicture(int width, int height, int newWidth, int newHeight)
      throws UnreadableImageException {
    byte[] file = Pictures.jpeg(width, height);
    byte[] found = byTheUsualPath(file, Reduction.NONE, newWidth, newHeight);
    byte[] wanted = byOpenCv(file, Reduction.NONE, newWidth, newHeight);
    assertThat(Pictures.distance(found, wanted)).isLessThan(2);
    assertAsGood(found, wanted, Pictures.scaled(width, height, newWidth, newHeight));
  }

  /** Chrominance at half the pixels loses more than the paths differ in. */
  private static void assertAsGood(byte[] found, byte[] other, byte[] picture) {
    assertThat(Pictures.distance(found, picture))
        .isLessThan(Pictures.distance(other, picture) + 0.25);
  }

  @ParameterizedTest
  @CsvSource({"HALF", "QUARTER", "EIGHTH"})
  void reducedImagesAreThePictureToo(Reduction reduction) throws UnreadableImageException {
    for (int more = 0; more < 9; more++) {
      byte[] file = Pictures.jpeg(1600 + more, 1200 + more);
      byte[] found = byTheUsualPath(file, reduction, 133, 100);
      byte[] wanted = byOpenCv(file, reduction, 133, 100);
      assertThat(Pictures.distance(found, wanted)).isLessThan(5);
      assertAsGood(found, wanted, Pictures.scaled(1600 + more, 1200 + more, 133, 100));
    }
  }

  @Test
  void grayStaysGray() throws UnreadableImageException {
    byte[] file = Pictures.gray(300, 200);
    byte[] found = byTheUsualPath(file, Reduction.NONE, 150, 100);
    for (int i = 0; i < found.length; i += 3) {
      assertThat(found[i]).isEqualTo(found[i + 1]).isEqualTo(found[i + 2]);
    }
    assertThat(Pictures.distance(found, byOpenCv(file, Reduction.NONE, 150, 100))).isLessThan(1);
  }

  @Test
  void whatIsNotUsualIsLeftToOthers() {
    byte[] progressive = Pictures.progressive(100, 100);
    assertThat(usual.resize(progressive, progressive.length, Reduction.NONE, 50, 50)).isFalse();
    byte[] file = Pictures.jpeg(100, 100);
    for (int length = 0; length < file.length; length += 7) {
      assertThat(usual.resize(file, length, Reduction.NONE, 50, 50))
          .as("%d bytes", length)
          .isFalse();
    }
    byte[] before = byTheUsualPath(file, Reduction.NONE, 50, 50);
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = Arrays.copyOf(file, file.length);
      damaged[at] ^= 0x55;
      if (mayGo(damaged)) {
        usual.resize(damaged, damaged.length, Reduction.NONE, 50, 50);
      }
    }
    assertThat(byTheUsualPath(file, Reduction.NONE, 50, 50))
        .as("nothing is left of damaged files")
        .isEqualTo(before);
  }

  private static boolean mayGo(byte[] file) {
    try {
      ImageHeader header = ImageHeader.of(file, file.length);
      return UsualPath.takes(header, Reduction.NONE, Orientation.AS_STORED);
    } catch (UnreadableImageException e) {
      return false;
    }
  }

  @Test
  void memoryIsThatOfTheLargestImageHoweverShapesVary() {
    for (int[] size : new int[][] {{9000, 16}, {16, 9000}, {300, 200}, {200, 300}}) {
      byte[] file = Pictures.jpeg(size[0], size[1]);
      assertThat(usual.resize(file, file.length, Reduction.NONE, 32, 32)).isTrue();
    }
  }
}
