package org.espalier.imagenet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.datasets.Split;
import org.espalier.images.Decoding;
import org.espalier.images.ImageHeader;
import org.espalier.images.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training images of ILSVRC 2012 that are not what their names say: one PNG and 22 CMYK JPEGs
 * (the table of build_imagenet_data.py in TensorFlow's models). Files of their names and formats
 * are prepared here.
 */
class KnownOddFilesTest {
  private static final String PNG = "n02105855_2933.JPEG";
  private static final List<String> CMYK =
      List.of(
          "n01739381_1309.JPEG",
          "n02077923_14822.JPEG",
          "n02447366_23489.JPEG",
          "n02492035_15739.JPEG",
          "n02747177_10752.JPEG",
          "n03018349_4028.JPEG",
          "n03062245_4620.JPEG",
          "n03347037_9675.JPEG",
          "n03467068_12171.JPEG",
          "n03529860_11437.JPEG",
          "n03544143_17228.JPEG",
          "n03633091_5218.JPEG",
          "n03710637_5125.JPEG",
          "n03961711_5286.JPEG",
          "n04033995_2932.JPEG",
          "n04258138_17003.JPEG",
          "n04264628_27969.JPEG",
          "n04336792_7448.JPEG",
          "n04371774_5854.JPEG",
          "n04596742_4225.JPEG",
          "n07583066_647.JPEG",
          "n13037406_4650.JPEG");

  @TempDir private Path folder;

  @Test
  void allOfThemComeOut() throws IOException {
    assertThat(CMYK).hasSize(22);
    Path input = folder.resolve("input");
    write(input, PNG, Photographs.file("png", 60, 40, 1));
    for (String name : CMYK) {
      write(input, name, Cmyk.jpeg(64, 48));
    }
    ImageInput images = ImageInput.open(input.toString(), LabelFiles.NONE, new Configuration());
    PreparedImages original =
        new PrepareImages("odd", images, folder.resolve("original").toString())
            .run(LocalSpark.context());
    assertThat(original.rejected()).isZero();
    assertThat(Prepared.at(folder.resolve("original")).images(Split.TRAIN)).hasSize(23);
    new PrepareImages("odd", images, folder.resolve("resized").toString())
        .form(new StoredForm.Resized(32, 90, Decoding.WHOLE, Orientation.AS_STORED))
        .run(LocalSpark.context());
    Map<String, Prepared.Image> resized =
        Prepared.at(folder.resolve("resized")).images(Split.TRAIN);
    assertThat(resized).hasSize(23);
    for (Prepared.Image image : resized.values()) {
      ImageHeader header = ImageHeader.of(image.jpeg(), image.jpeg().length);
      assertThat(header.components()).isEqualTo(3);
      assertThat(header.shortSide()).isEqualTo(32);
    }
  }

  private static void write(Path input, String name, byte[] bytes) throws IOException {
    Path synset = input.resolve("train").resolve(name.substring(0, name.indexOf('_')));
    Files.createDirectories(synset);
    Files.write(synset.resolve(name), bytes);
  }

  /** A JPEG of four components, every coefficient zero: gray in each. */
  private static final class Cmyk {
    /** Written by hand, because the JDK writes none. */
    static byte[] jpeg(int width, int height) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      segment(out, 0xD8);
      byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
      segment(out, 0xEE, adobe);
      byte[] quantisers = new byte[65];
      java.util.Arrays.fill(quantisers, 1, 65, (byte) 1);
      segment(out, 0xDB, quantisers);
      byte[] frame = {
        8,
        (byte) (height >> 8),
        (byte) height,
        (byte) (width >> 8),
        (byte) width,
        4,
        1,
        0x11,
        0,
        2,
        0x11,
        0,
        3,
        0x11,
        0,
        4,
        0x11,
        0
      };
      segment(out, 0xC0, frame);
      byte[] code = new byte[18];
      code[1] = 1;
      segment(out, 0xC4, code);
      byte[] alternating = code.clone();
      alternating[0] = 0x10;
      segment(out, 0xC4, alternating);
      segment(out, 0xDA, new byte[] {4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0});
      // Two bits for each block: no difference, end of block.
      int bits = 2 * 4 * (width / 8) * (height / 8);
      out.writeBytes(new byte[bits / 8]);
      segment(out, 0xD9);
      return out.toByteArray();
    }

    private static void segment(ByteArrayOutputStream out, int marker, byte... content) {
      out.write(0xFF);
      out.write(marker);
      if (marker != 0xD8 && marker != 0xD9) {
        out.write((content.length + 2) >> 8);
        out.write(content.length + 2);
        out.writeBytes(content);
      }
    }
  }
}
