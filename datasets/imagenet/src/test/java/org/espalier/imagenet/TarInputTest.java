package org.espalier.imagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarInputTest {
  @TempDir private Path folder;
  private Path input;
  private Path train;

  @BeforeEach
  void writeTars() throws IOException {
    input = Files.createDirectory(folder.resolve("input"));
    train = input.resolve(TarInput.TRAIN);
    Map<String, byte[]> tars = new LinkedHashMap<>();
    tars.put("n02.tar", tar(images("n02", 5)));
    tars.put("n01.tar", tar(images("n01", 7)));
    Files.write(train, tar(tars));
  }

  private static Map<String, byte[]> images(String prefix, int count) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      members.put(prefix + "_" + i + ".JPEG", Photographs.jpeg(prefix.hashCode() % 50 + i));
    }
    return members;
  }

  private static byte[] tar(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(member.getKey(), true);
        entry.setSize(member.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(member.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private PreparedImages prepare(LabelFiles names) throws IOException {
    ImageInput images = ImageInput.open(input.toString(), names, new Configuration());
    return new PrepareImages("few", images, folder.resolve("out").toString())
        .shards(2)
        .run(LocalSpark.context());
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> prepare(LabelFiles.NONE))
        .isInstanceOf(Refusal.class)
        .hasMessage(reason);
  }

  @Test
  void imagesOfATarOfTarsArriveByteForByte() throws IOException {
    Path labels = Files.write(folder.resolve("labels"), List.of("n02", "n01", "n01"));
    Files.write(input.resolve(TarInput.VAL), tar(images("val", 3)));
    prepare(new LabelFiles(Optional.of(labels.toString()), Optional.empty()));
    Prepared found = Prepared.at(folder.resolve("out"));
    Map<String, Prepared.Image> images = found.images(Split.TRAIN);
    assertThat(images).hasSize(12);
    images("n01", 7)
        .forEach(
            (name, bytes) -> {
              assertThat(images.get(name).jpeg()).isEqualTo(bytes);
              assertThat(images.get(name).synset()).isEqualTo("n01");
              assertThat(images.get(name).label()).isZero();
            });
    Map<String, Prepared.Image> test = found.images(Split.TEST);
    images("val", 3).forEach((name, bytes) -> assertThat(test.get(name).jpeg()).isEqualTo(bytes));
    assertThat(test.get("val_0.JPEG").synset()).isEqualTo("n02");
    assertThat(test.get("val_2.JPEG").synset()).isEqualTo("n01");
  }

  @Test
  void oddNamesInATarAreKeptOrRejected() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    String longName = "x".repeat(150) + ".JPEG";
    for (String name :
        List.of("o'clock \"é\".JPEG", longName, "../../etc/evil.JPEG", "empty.JPEG")) {
      members.put(name, name.startsWith("empty") ? new byte[0] : Photographs.jpeg(1));
    }
    Files.write(train, tar(Map.of("n01.tar", tar(members))));
    assertThat(prepare(LabelFiles.NONE).rejected()).isEqualTo(2);
    assertThat(Prepared.at(folder.resolve("out")).images(Split.TRAIN))
        .containsOnlyKeys("o'clock \"é\".JPEG", longName);
    assertThat(Prepared.rejected(folder.resolve("out/rejected.parquet")))
        .containsExactly(
            Map.entry(
                "ILSVRC2012_img_train.tar/n01.tar/../../etc/evil.JPEG",
                "its name leads out of the archive"),
            Map.entry("ILSVRC2012_img_train.tar/n01.tar/empty.JPEG", "it is empty"));
    assertThat(folder.resolve("etc")).doesNotExist();
  }

  @Test
  void aHalfCopiedTarIsRefusedBeforeWorkStarts() throws IOException {
    byte[] whole = Files.readAllBytes(train);
    Files.write(train, Arrays.copyOf(whole, whole.length / 4));
    assertThatThrownBy(
            () -> ImageInput.open(input.toString(), LabelFiles.NONE, new Configuration()))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot list ILSVRC2012_img_train.tar: its member 'n02.tar' has \\d+ bytes and the archive ends after \\d+ of them; copy the archive again.");
    Files.write(train, new byte[0]);
    assertRefused(
        "Cannot list ILSVRC2012_img_train.tar: it has 0 bytes and no end of an archive; copy the archive again.");
    Files.write(train, Arrays.copyOf(whole, 700));
    assertThatThrownBy(() -> prepare(LabelFiles.NONE)).isInstanceOf(Refusal.class);
    Files.write(train, Arrays.copyOf(whole, 300));
    assertThatThrownBy(() -> prepare(LabelFiles.NONE)).isInstanceOf(Refusal.class);
  }

  @Test
  void anInnerTarThatWasCutIsRefused() throws IOException {
    byte[] inner = tar(images("n01", 3));
    for (int length : new int[] {300, 512, 600, 1500, 1600, 2100, 2600}) {
      Files.write(train, tar(Map.of("n01.tar", Arrays.copyOf(inner, length))));
      assertThatThrownBy(() -> prepare(LabelFiles.NONE))
          .as("%d bytes", length)
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith("Cannot list ILSVRC2012_img_train.tar/n01.tar: ");
    }
  }

  @Test
  void anArchiveOfSomethingElseIsRefused() throws IOException {
    Files.write(train, tar(images("n01", 2)));
    assertRefused(
        "Cannot list file:%s: its member 'n01_0.JPEG' is no .tar, and the archive of training images holds one for each synset; name the archive that ImageNet publishes."
            .formatted(train));
    Files.write(
        train,
        "no tar at all, but long enough "
            .repeat(100)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatThrownBy(() -> prepare(LabelFiles.NONE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("it is damaged at byte");
  }
}
