package org.espalier.datasets.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.datasets.ImageSink;
import org.espalier.datasets.RowRange;
import org.junit.jupiter.api.Test;

class GeneratedDigitsTest {
  private static final Configuration HADOOP = new Configuration(false);

  private static String hash(GeneratedDigits digits, String split, RowRange... ranges)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    for (RowRange range : ranges) {
      digits.read(
          split,
          range,
          HADOOP,
          ImageSink.of(
              (pixels, label) -> {
                digest.update(pixels);
                digest.update((byte) label);
              }));
    }
    return Sha256.hex(digest.digest());
  }

  @Test
  void theDigitsOfASeedNeverChange() throws IOException {
    assertThat(hash(new GeneratedDigits(1), "train", new RowRange(0, 1000)))
        .isEqualTo("fa6b6b9d79c349e107a0735c86ed7613e41ac7ec326619ffcbd198bfc0f69a5f");
    assertThat(hash(new GeneratedDigits(1), "test", new RowRange(0, 1000)))
        .isEqualTo("dd8587111b288ba7c5401b751ce25ac63cbbd954506276fa76fb6d6db2b123b6");
  }

  @Test
  void rowsDoNotDependOnTheRangeOrTheNumberOfRows() throws IOException {
    String whole = hash(new GeneratedDigits(5), "train", new RowRange(0, 50));
    assertThat(
            hash(
                new GeneratedDigits(5, 50, 10),
                "train",
                new RowRange(0, 7),
                new RowRange(7, 33),
                new RowRange(33, 50)))
        .isEqualTo(whole);
    assertThat(hash(new GeneratedDigits(6), "train", new RowRange(0, 50))).isNotEqualTo(whole);
  }

  @Test
  void everyTenRowsHoldEachDigitOnceInVaryingOrder() throws IOException {
    Set<String> orders = new HashSet<>();
    for (long start = 0; start < 100; start += 10) {
      StringBuilder order = new StringBuilder();
      new GeneratedDigits(1)
          .read(
              "train",
              new RowRange(start, start + 10),
              HADOOP,
              ImageSink.of((pixels, label) -> order.append(label)));
      assertThat(order.chars().sorted().mapToObj(Character::toString))
          .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
      orders.add(order.toString());
    }
    assertThat(orders).hasSizeGreaterThan(8);
  }

  @Test
  void noImageIsInBothSplits() throws IOException {
    Set<String> images = new HashSet<>();
    GeneratedDigits digits = new GeneratedDigits(1);
    for (String split : digits.rows().keySet()) {
      digits.read(
          split,
          new RowRange(0, 1000),
          HADOOP,
          ImageSink.of((pixels, label) -> images.add(Sha256.of(pixels))));
    }
    assertThat(images).hasSize(2000);
  }

  @Test
  void everyImageHasInkInItsMiddleAndPaperAtItsEdge() throws IOException {
    new GeneratedDigits(1)
        .read(
            "train",
            new RowRange(0, 1000),
            HADOOP,
            ImageSink.of(
                (pixels, label) -> {
                  int ink = 0;
                  for (byte pixel : pixels) {
                    ink += Byte.toUnsignedInt(pixel) > 127 ? 1 : 0;
                  }
                  assertThat(ink).isBetween(15, 300);
                  assertThat(Byte.toUnsignedInt(pixels[0])).isLessThan(64);
                  assertThat(Byte.toUnsignedInt(pixels[783])).isLessThan(64);
                }));
  }

  @Test
  void theDefaultSizesAreThoseOfTheQuickExperiment() {
    assertThat(new GeneratedDigits(1).rows())
        .containsEntry("train", 20_000L)
        .containsEntry("test", 4_000L);
  }

  @Test
  void noRowsAreRefused() {
    assertThatThrownBy(() -> new GeneratedDigits(1, 10, 0))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot generate 0 digits for the split test: there must be at least 1; ask for more.");
  }
}
