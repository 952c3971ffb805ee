package org.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real files: those that decoders stumble over, and ImageNet's own. */
class EdgeFilesTest {
  private static final Path DATA =
      Path.of(System.getProperty("espalier.data", "../../shared/data"));

  private static Path folder(String name) {
    Path folder = DATA.resolve(name);
    assumeTrue(Files.isDirectory(folder), name + " is not in " + DATA + ", so nothing is decoded.");
    return folder;
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches("(?i).*\\.jpe?g")).sorted().toList();
    }
  }

  private static String outcome(JpegDecoder decoder, Path file, RgbImage into) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      ImageHeader header = decoder.header(bytes, bytes.length);
      decoder.decode(bytes, bytes.length, header, Reduction.NONE, Orientation.AS_STORED, into);
      return into.width() + "x" + into.height();
    } catch (UnreadableImageException e) {
      return e.getMessage();
    }
  }

  @Test
  void oddFilesAreDecodedOrNamed() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (JpegDecoder decoder = new JpegDecoder();
        RgbImage image = new RgbImage()) {
      for (Path file : images(folder("jpeg-edge"))) {
        found.put(file.getFileName().toString(), outcome(decoder, file, image));
      }
    }
    assertThat(found)
        .containsOnly(
            Map.entry("513f29d0-02a8-11e7-9756-6035edb96e79.jpg", "it ends before its first scan"),
            Map.entry("Portrait_0.jpg", "1200x1800"),
            Map.entry("Portrait_6.jpg", "1800x1200"),
            Map.entry(
                "broken-bogus-segment-length.jpg", "no decoder reads it: Bogus marker length"),
            Map.entry("broken-sos-before-sof.jpg", "it has no frame header before its first scan"),
            Map.entry("cmyk-sample.jpg", "160x227"),
            Map.entry("corrupted-icc-srgb.jpg", "1024x685"),
            Map.entry("eof-sos-segment-bug.jpg", "266x400"),
            Map.entry("exif-jfif-app13-app14ycck-3channel.jpg", "310x384"),
            Map.entry("gray-sample.jpg", "386x396"),
            Map.entry("jfif-progressive-invalid-dht.jpg", "719x994"),
            Map.entry("no-jfif-ycbcr.jpg", "310x206"));
  }

  @Test
  void everyImageOfTheSampleHasTheSizeThatIsKnown() throws IOException {
    Path folder = folder("imagenet-sample");
    try (JpegDecoder decoder = new JpegDecoder();
        RgbImage image = new RgbImage();
        Stream<String> lines = Files.lines(folder.resolve("manifest.tsv"))) {
      for (String line : lines.skip(1).toList()) {
        String[] fields = line.split("\t", -1);
        assertThat(outcome(decoder, folder.resolve(fields[0]), image))
            .as(fields[0])
            .isEqualTo(fields[2] + "x" + fields[3]);
      }
    }
  }
}
