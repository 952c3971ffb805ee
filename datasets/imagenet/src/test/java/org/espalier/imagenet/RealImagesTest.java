package org.espalier.imagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Sha256;
import org.espalier.datasets.Split;
import org.espalier.images.Decoding;
import org.espalier.images.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of real images, from their files to their rows. */
class RealImagesTest {
  private static final Path DATA =
      Path.of(System.getProperty("espalier.data", "../../shared/data"));

  @TempDir private Path folder;

  private static Path sample(String name) {
    Path sample = DATA.resolve(name);
    assumeTrue(
        Files.isDirectory(sample), name + " is not in " + DATA + ", so nothing is prepared.");
    return sample;
  }

  private PreparedImages prepare(Path input, LabelFiles names, StoredForm form) throws IOException {
    ImageInput images = ImageInput.open(input.toString(), names, new Configuration());
    return new PrepareImages("sample", images, folder.resolve("out").toString())
        .form(form)
        .run(LocalSpark.context());
  }

  /** The SHA-256 of every image by file name. */
  private static Map<String, String> hashes(Path split) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(split)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(file.getFileName().toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    return hashes;
  }

  private static Map<String, String> hashes(Map<String, Prepared.Image> images) {
    Map<String, String> hashes = new TreeMap<>();
    images.forEach((name, image) -> hashes.put(name, Sha256.of(image.jpeg())));
    return hashes;
  }

  @Test
  void theSampleOfImageNetArrivesWithTheLabelsOfAThousandClasses() throws IOException {
    Path sample = sample("imagenet-sample");
    Path classes = sample.resolve("synsets_1000_with_name.tsv");
    LabelFiles names = new LabelFiles(Optional.empty(), Optional.of(classes.toString()));
    assertThat(prepare(sample, names, new StoredForm.Original()).rejected()).isZero();
    Prepared found = Prepared.at(folder.resolve("out"));
    Map<String, Prepared.Image> train = found.images(Split.TRAIN);
    assertThat(hashes(train)).isEqualTo(hashes(sample.resolve("train")));
    try (Stream<String> lines = Files.lines(sample.resolve("manifest.tsv"))) {
      for (String line : lines.skip(1).toList()) {
        String[] fields = line.split("\t", -1);
        Prepared.Image image = train.get(Path.of(fields[0]).getFileName().toString());
        assertThat(image.width() + "x" + image.height()).isEqualTo(fields[2] + "x" + fields[3]);
      }
    }
    List<String> synsets =
        Files.readAllLines(classes).stream().map(line -> line.substring(0, 9)).toList();
    train
        .values()
        .forEach(image -> assertThat(synsets.get(image.label())).isEqualTo(image.synset()));
  }

  @Test
  void theSampleOfImageNetIsResized() throws IOException {
    Path sample = sample("imagenet-sample");
    StoredForm form = new StoredForm.Resized(256, 90, Decoding.WHOLE, Orientation.AS_STORED);
    assertThat(prepare(sample, LabelFiles.NONE, form).rejected()).isZero();
    Map<String, Prepared.Image> train = Prepared.at(folder.resolve("out")).images(Split.TRAIN);
    assertThat(train).hasSameSizeAs(hashes(sample.resolve("train")));
    for (Prepared.Image image : train.values()) {
      assertThat(Math.min(image.width(), image.height())).isEqualTo(256);
    }
  }

  @Test
  void bothSplitsOfImagenetteArriveByteForByte() throws IOException {
    Path sample = sample("imagenette-224-sample");
    assertThat(prepare(sample, LabelFiles.NONE, new StoredForm.Original()).rejected()).isZero();
    Prepared found = Prepared.at(folder.resolve("out"));
    assertThat(hashes(found.images(Split.TRAIN))).isEqualTo(hashes(sample.resolve("train")));
    assertThat(hashes(found.images(Split.TEST))).isEqualTo(hashes(sample.resolve("val")));
  }

  @Test
  void oddFilesAreDecodedOrRejectedAndAddUp() throws IOException {
    Path sample = sample("jpeg-edge");
    Path odd = Files.createDirectories(folder.resolve("input/train")).resolve("odd");
    Files.createSymbolicLink(odd, sample.toRealPath());
    PreparedImages prepared =
        prepare(
            folder.resolve("input"),
            LabelFiles.NONE,
            new StoredForm.Resized(256, 90, Decoding.SCALED, Orientation.AS_SEEN));
    Map<String, String> rejected = Prepared.rejected(folder.resolve("out/rejected.parquet"));
    assertThat(prepared.rejected()).isEqualTo(5).isEqualTo(rejected.size());
    assertThat(rejected)
        .containsOnlyKeys(
            "train/odd/513f29d0-02a8-11e7-9756-6035edb96e79.jpg",
            "train/odd/LICENSE.exif",
            "train/odd/LICENSE.txt",
            "train/odd/broken-bogus-segment-length.jpg",
            "train/odd/broken-sos-before-sof.jpg");
    Map<String, Prepared.Image> train = Prepared.at(folder.resolve("out")).images(Split.TRAIN);
    assertThat(train).hasSize(hashes(sample).size() - 5);
    assertThat(train.get("Portrait_0.jpg").height()).isEqualTo(384);
    assertThat(train.get("Portrait_6.jpg").height()).as("turned upright").isEqualTo(384);
  }
}
