package org.espalier.sparsity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class MaskFileTest {
  private final MaskSet masks =
      MaskSet.of(Map.of("gewöhnt/W", Mask.where(65, i -> i % 2 == 0), "a", Mask.all(1)));

  @Test
  void masksComeBackFromTheirBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MaskFile.write(masks, out);
    MaskSet read = MaskFile.read(new ByteArrayInputStream(out.toByteArray()), "memory");

    assertThat(read).isEqualTo(masks);
    assertThat(read.sha256()).isEqualTo(masks.sha256());
    MaskSet none = MaskSet.of(Map.of());
    assertThat(MaskFile.decode(MaskFile.encode(none), "memory")).isEqualTo(none);
  }

  @Test
  void theMasksOfResNet50TakeABitPerWeight() {
    Map<String, Mask> tensors = new TreeMap<>();
    tensors.put("initial_conv", Mask.all(9408));
    tensors.put("final_dense", Mask.all(2_048_000));
    int others = 25_502_912 - 9408 - 2_048_000;
    for (int i = 0; i < 52; i++) {
      int length = (int) ((i + 1L) * others / 52 - (long) i * others / 52);
      tensors.put("bottleneck_" + i + "_block_group_conv", Mask.where(length, w -> w % 10 == 0));
    }
    byte[] bytes = MaskFile.encode(MaskSet.of(tensors));
    assertThat(bytes.length).isBetween(25_502_912 / 8, 3_200_000);
  }

  @Test
  void bytesAreWhatTheyAlwaysWere() {
    byte[] bytes = MaskFile.encode(MaskSet.of(Map.of("a", Mask.all(3))));

    assertThat(HexFormat.of().formatHex(bytes, 0, 33))
        .isEqualTo(
            "4553504c4d41534b"
                + "01000000"
                + "01000000"
                + "0100000061"
                + "03000000"
                + "0700000000000000");
    assertThat(bytes).hasSize(33 + 32);
  }

  @Test
  void resNet50TakesAtMostThreeMegabytesAndAFifth() {
    Map<String, Mask> tensors = new TreeMap<>();
    int left = 25_502_912;
    for (int t = 0; t < 53; t++) {
      tensors.put("bottleneck_3_block_group_projection_block_group" + t, Mask.all(472_277));
      left -= 472_277;
    }
    tensors.put("final_dense", Mask.all(left));

    assertThat(MaskFile.encode(MaskSet.of(tensors)).length).isLessThan(3_200_000);
  }

  @Test
  void everyDamagedByteIsNoticed() {
    byte[] sound = MaskFile.encode(masks);
    for (int i = 0; i < sound.length; i++) {
      for (int flip : new int[] {1, 0x80, 0xff}) {
        byte[] damaged = sound.clone();
        damaged[i] ^= (byte) flip;
        assertThatThrownBy(() -> MaskFile.decode(damaged, "masks.bin"))
            .as("byte %d", i)
            .isInstanceOf(Refusal.class)
            .hasMessageStartingWith("Cannot read masks from masks.bin: ");
      }
    }
  }

  @Test
  void everyTruncationAndEveryExtensionIsNoticed() {
    byte[] sound = MaskFile.encode(masks);
    for (int length = 0; length < sound.length + 20; length++) {
      if (length == sound.length) {
        continue;
      }
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> MaskFile.decode(cut, "masks.bin"))
          .as("%d bytes", length)
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith("Cannot read masks from masks.bin: ");
    }
  }

  @Test
  void messagesSayWhatIsWrong() {
    byte[] newer = MaskFile.encode(masks);
    newer[8] = 2;
    byte[] changed = MaskFile.encode(masks);
    changed[33 - 8] = 0;

    assertThatThrownBy(() -> MaskFile.decode(newer, "masks.bin"))
        .hasMessage(
            "Cannot read masks from masks.bin: it has format version 2 and this program reads"
                + " version 1; use the program that wrote it or a newer one.");
    assertThatThrownBy(() -> MaskFile.decode(changed, "masks.bin"))
        .hasMessage(
            "Cannot read masks from masks.bin: it is damaged or incomplete, its checksum does not"
                + " match its content; take another copy.");
    assertThatThrownBy(() -> MaskFile.decode("hello, world".getBytes(UTF_8), "masks.bin"))
        .hasMessage(
            "Cannot read masks from masks.bin: it does not start like a mask file; check the"
                + " path.");
    assertThatThrownBy(() -> MaskFile.decode(Arrays.copyOf(newer, 20), "masks.bin"))
        .hasMessage(
            "Cannot read masks from masks.bin: it is damaged or incomplete, it ends after 20"
                + " bytes; take another copy.");
  }
}
