package org.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JpegDecoderTest {
  private static final int WIDTH = 150;
  private static final int HEIGHT = 101;

  private final JpegDecoder decoder = new JpegDecoder(1 << 20);
  private final RgbImage image = new RgbImage();

  @AfterEach
  void close() {
    decoder.close();
    image.close();
  }

  private byte[] decode(byte[] file, Reduction reduction, Orientation orientation)
      throws UnreadableImageException {
    ImageHeader header = decoder.header(file, file.length);
    decoder.decode(file, file.length, header, reduction, orientation, image);
    return Pictures.pixels(image);
  }

  private byte[] decode(byte[] file) throws UnreadableImageException {
    return decode(file, Reduction.NONE, Orientation.AS_STORED);
  }

  private void assertUnreadable(byte[] file, String reason) {
    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessage(reason);
  }

  @Test
  void colourIsWhatTheJdkDecodes() throws UnreadableImageException {
    byte[] file = Pictures.jpeg(WIDTH, HEIGHT);
    assertThat(Pictures.distance(decode(file), Pictures.decodedByTheJdk(file))).isLessThan(0.5);
    assertThat(Pictures.distance(decode(file), Pictures.rgb(WIDTH, HEIGHT))).isLessThan(2);
  }

  @Test
  void progressiveFilesAreDecoded() throws UnreadableImageException {
    byte[] file = Pictures.progressive(WIDTH, HEIGHT);
    assertThat(Pictures.distance(decode(file), Pictures.rgb(WIDTH, HEIGHT))).isLessThan(2);
  }

  @Test
  void grayBecomesThreeEqualValues() throws UnreadableImageException {
    byte[] rgb = decode(Pictures.gray(WIDTH, HEIGHT));
    for (int i = 0; i < rgb.length; i += 3) {
      assertThat(rgb[i]).isEqualTo(rgb[i + 1]).isEqualTo(rgb[i + 2]);
    }
  }

  @Test
  void aPngIsDecodedWhateverItsName() throws UnreadableImageException {
    byte[] file = Pictures.png(WIDTH, HEIGHT);
    assertThat(decoder.header(file, file.length).format()).isEqualTo(ImageFormat.PNG);
    assertThat(decode(file)).isEqualTo(Pictures.rgb(WIDTH, HEIGHT));
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void reducedPixelsAreThoseOfTheWholeInMean(Reduction reduction) throws UnreadableImageException {
    for (byte[] file : new byte[][] {Pictures.jpeg(WIDTH, HEIGHT), Pictures.png(WIDTH, HEIGHT)}) {
      byte[] reduced = decode(file, reduction, Orientation.AS_STORED);
      assertThat(image.width()).isEqualTo(reduction.of(WIDTH));
      assertThat(image.height()).isEqualTo(reduction.of(HEIGHT));
      byte[] smaller = Pictures.rgb(image.width(), image.height());
      assertThat(red(reduced, image.width() / 2, image.height() / 2))
          .isCloseTo(
              red(smaller, image.width() / 2, image.height() / 2),
              org.assertj.core.data.Offset.offset(8));
    }
  }

  private int red(byte[] rgb, int x, int y) {
    return rgb[3 * (y * image.width() + x)] & 0xFF;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"
  })
  void anOrientationIsAppliedWhereItIsAskedFor(int orientation, int x, int y)
      throws UnreadableImageException {
    byte[] file = Pictures.oriented(Pictures.jpeg(WIDTH, HEIGHT), orientation);
    assertThat(decoder.header(file, file.length).orientation()).isEqualTo(orientation);
    assertThat(decode(file)).isEqualTo(decode(Pictures.jpeg(WIDTH, HEIGHT)));
    byte[] seen = decode(file, Reduction.NONE, Orientation.AS_SEEN);
    assertThat(image.width()).isEqualTo(orientation < 5 ? WIDTH : HEIGHT);
    int at = 3 * (y * (image.height() - 1) * image.width() + x * (image.width() - 1));
    assertThat(seen[at] & 0xFF).as("red where the first pixel is now").isLessThan(12);
    assertThat(seen[at + 1] & 0xFF).as("green there").isLessThan(12);
  }

  @Test
  void aMissingEndIsForgivenAndMissingRowsAreNot() throws UnreadableImageException {
    byte[] file = Pictures.jpeg(WIDTH, HEIGHT);
    assertThat(decode(Arrays.copyOf(file, file.length - 2))).isEqualTo(decode(file));
    for (int share = 2; share <= 9; share++) {
      byte[] cut = Arrays.copyOf(file, file.length * share / 10);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(UnreadableImageException.class);
    }
    assertUnreadable(Arrays.copyOf(file, file.length / 2), "it ends before its last row");
  }

  @Test
  void aFileInWhichAnotherWasRepeatedlyDecodedLeavesNothingBehind()
      throws UnreadableImageException {
    byte[] small = Pictures.jpeg(40, 30);
    byte[] before = decode(small);
    decode(Pictures.jpeg(WIDTH, HEIGHT));
    assertThat(decode(small)).isEqualTo(before);
  }

  @Test
  void whatIsNoImageIsNamed() {
    assertUnreadable(new byte[0], "it is empty");
    assertUnreadable(new byte[500], "it is neither a JPEG nor a PNG");
    assertUnreadable(
        "<html>not found</html>".getBytes(StandardCharsets.UTF_8),
        "it is neither a JPEG nor a PNG");
    assertUnreadable(new byte[] {(byte) 0xFF, (byte) 0xD8}, "it ends before its first scan");
    assertUnreadable(
        Arrays.copyOf(Pictures.png(WIDTH, HEIGHT), 20), "it ends before it tells its size");
  }

  @Test
  void aDecompressionBombIsRefusedByItsHeader() {
    byte[] png = Pictures.png(WIDTH, HEIGHT);
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
    assertUnreadable(png, "it has 30000x30000 pixels, more than 1048576");
    byte[] jpeg = Pictures.jpeg(WIDTH, HEIGHT);
    int frame = indexOfFrame(jpeg);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 30_000).putShort(frame + 7, (short) 30_000);
    assertUnreadable(jpeg, "it has 30000x30000 pixels, more than 1048576");
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 0);
    assertUnreadable(jpeg, "it says that it has 30000x0 pixels");
  }

  private static int indexOfFrame(byte[] jpeg) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
        return i;
      }
    }
    throw new IllegalStateException("no frame");
  }

  @Test
  void aLimitMustAllowAPixel() {
    assertThatThrownBy(() -> new JpegDecoder(0))
        .hasMessage("Cannot decode images of at most 0 pixels: it must be at least 1");
  }
}
