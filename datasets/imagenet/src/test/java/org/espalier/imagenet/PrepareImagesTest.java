package org.espalier.imagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.RowGroupSize;
import org.espalier.images.Decoding;
import org.espalier.images.Orientation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareImagesTest {
  private static final StoredForm SMALL =
      new StoredForm.Resized(20, 90, Decoding.WHOLE, Orientation.AS_STORED);

  @TempDir private Path folder;
  private Path input;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void writeImages() throws IOException {
    input = folder.resolve("input");
    Photographs.write(input.resolve("train/n02"), "n02", 20);
    Photographs.write(input.resolve("train/n01"), "n01", 15);
    Photographs.write(input.resolve("val/n01"), "val_a", 4);
    Photographs.write(input.resolve("val/n02"), "val_b", 6);
  }

  private PrepareImages job(String output) {
    ImageInput images = ImageInput.open(input.toString(), LabelFiles.NONE, new Configuration());
    return new PrepareImages("few", images, folder.resolve(output).toString())
        .shards(4)
        .notes(notes::add);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyFileArrivesByteForByte() throws IOException {
    PreparedImages prepared = job("out").run(LocalSpark.context());
    assertThat(prepared.rejected()).isZero();
    Prepared found = Prepared.at(folder.resolve("out"));
    Map<String, Prepared.Image> train = found.images(Split.TRAIN);
    assertThat(train).hasSize(35);
    assertThat(found.images(Split.TEST)).hasSize(10);
    for (Map.Entry<String, Prepared.Image> entry : train.entrySet()) {
      Prepared.Image image = entry.getValue();
      Path file = input.resolve("train").resolve(image.synset()).resolve(entry.getKey());
      assertThat(image.jpeg()).as(entry.getKey()).isEqualTo(Files.readAllBytes(file));
      assertThat(image.label()).isEqualTo(image.synset().equals("n01") ? 0 : 1);
      assertThat(image.width()).isEqualTo(40);
      assertThat(image.height()).isEqualTo(30);
    }
    assertThat(left()).containsExactly("input", "out");
    assertThat(Prepared.rejected(folder.resolve("out/rejected.parquet"))).isEmpty();
  }

  @Test
  void everyShardHasImagesOfAllClasses() throws IOException {
    DatasetManifest manifest =
        job("out").rowGroups(new RowGroupSize(3, 1 << 20)).run(LocalSpark.context()).manifest();
    Split train = manifest.splits().get(Split.TRAIN);
    assertThat(train.shards()).hasSize(4);
    assertThat(train.shards())
        .allSatisfy(shard -> assertThat(shard.rowGroups()).allMatch(rows -> rows <= 3));
    assertThat(manifest.splits().get(Split.TEST).shards()).hasSize(1);
  }

  @Test
  void preparingTwiceGivesTheSameBytesInAnyOrderOfListing() throws IOException {
    DatasetManifest first = job("first").run(LocalSpark.context()).manifest();
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(input)) {
      for (Path file :
          files.filter(Files::isRegularFile).sorted((a, b) -> b.compareTo(a)).toList()) {
        Path to = copy.resolve(input.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    input = copy;
    assertThat(job("second").run(LocalSpark.context()).manifest()).isEqualTo(first);
    assertThat(job("third").form(SMALL).run(LocalSpark.context()).manifest()).isNotEqualTo(first);
  }

  @Test
  void resizedImagesAreThePicturesOfTheirFiles() throws IOException {
    job("out").form(SMALL).run(LocalSpark.context());
    for (Prepared.Image image : Prepared.at(folder.resolve("out")).images(Split.TRAIN).values()) {
      assertThat(image.width()).isEqualTo(27);
      assertThat(image.height()).isEqualTo(20);
      BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image.jpeg()));
      assertThat(decoded.getWidth()).isEqualTo(27);
      assertThat(decoded.getHeight()).isEqualTo(20);
    }
  }

  @Test
  void whatIsNoImageIsListedAndNeverFailsATask() throws IOException {
    Path odd = input.resolve("train/n01");
    Files.createDirectory(odd.resolve("folder.JPEG"));
    Files.createFile(odd.resolve("empty.JPEG"));
    Files.writeString(odd.resolve("notes.txt"), "no image");
    Files.writeString(odd.resolve("page.JPEG"), "<html>");
    Files.write(odd.resolve("half.JPEG"), Arrays.copyOf(Photographs.jpeg(1), 400));
    Files.writeString(odd.resolve(".DS_Store"), "hidden");
    byte[] bomb = Photographs.file("png", 50, 50, 1);
    java.nio.ByteBuffer.wrap(bomb).putInt(16, 30_000).putInt(20, 30_000);
    Files.write(odd.resolve("bomb.JPEG"), bomb);
    Files.write(odd.resolve("it's a \"good\" one, 100%.JPEG"), Photographs.jpeg(3));
    Files.write(odd.resolve("a:b#c?%20.JPEG"), Photographs.jpeg(4));
    Files.write(odd.resolve("png.JPEG"), Photographs.file("png", 50, 40, 1));
    PreparedImages prepared = job("out").run(LocalSpark.context());
    assertThat(prepared.rejected()).isEqualTo(6);
    assertThat(Prepared.rejected(folder.resolve("out/rejected.parquet")))
        .containsExactly(
            Map.entry("train/n01/bomb.JPEG", "it has 30000x30000 pixels, more than 67108864"),
            Map.entry("train/n01/empty.JPEG", "it is empty"),
            Map.entry("train/n01/folder.JPEG", "it is a folder"),
            Map.entry("train/n01/half.JPEG", "it ends before its first scan"),
            Map.entry(
                "train/n01/notes.txt", "its name ends in none of .JPEG, .jpeg, .jpg and .png"),
            Map.entry("train/n01/page.JPEG", "it is neither a JPEG nor a PNG"));
    Map<String, Prepared.Image> train = Prepared.at(folder.resolve("out")).images(Split.TRAIN);
    assertThat(train)
        .hasSize(38)
        .containsKeys("it's a \"good\" one, 100%.JPEG", "a:b#c?%20.JPEG", "png.JPEG");
    assertThat(train.get("png.JPEG").width()).isEqualTo(50);
  }

  @Test
  void tooManyRejectsAreNotPublishedAndTheNextJobTakesWhatIsFinished() throws IOException {
    for (int i = 0; i < 500; i++) {
      Files.createFile(input.resolve("train/n02/empty_" + i + ".JPEG"));
    }
    assertThatThrownBy(() -> job("out").maxRejected(499).run(LocalSpark.context()))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot publish .*/out: 500 of 545 files were rejected and at most 499 may be \\(the"
                + " first is train/n02/empty_\\d+\\.JPEG: it is empty\\); see all in"
                + " .*/\\.out\\.preparing/rejected\\.parquet, mend the files or allow more, and start"
                + " again: finished shards are kept\\.");
    assertThat(Prepared.rejected(folder.resolve(".out.preparing/rejected.parquet"))).hasSize(500);
    assertThat(left()).containsExactly(".out.preparing", "input");
    PreparedImages prepared = job("out").maxRejected(500).run(LocalSpark.context());
    assertThat(prepared.rejected()).isEqualTo(500);
    assertThat(prepared.adopted()).isEqualTo(5);
    assertThat(Prepared.at(folder.resolve("out")).images(Split.TRAIN)).hasSize(35);
    assertThat(left()).containsExactly("input", "out");
  }

  @Test
  void rejectsAloneAreNoTrainingSplit() throws IOException {
    input = folder.resolve("bad");
    Files.createDirectories(input.resolve("train/n01"));
    Files.createFile(input.resolve("train/n01/a.JPEG"));
    ImageInput images = ImageInput.open(input.toString(), LabelFiles.NONE, new Configuration());
    assertThatThrownBy(
            () ->
                new PrepareImages("few", images, folder.resolve("out").toString())
                    .run(LocalSpark.context()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("1 of 1 files were rejected and none is left to train on (the first");
  }

  /** Leaves what a job leaves that was killed after two shards. */
  private void kill(String output, StoredForm form) throws IOException {
    Files.createFile(input.resolve("train/n01/empty.JPEG"));
    assertThatThrownBy(() -> job(output).form(form).maxRejected(0).run(LocalSpark.context()))
        .isInstanceOf(Refusal.class);
    try (Stream<Path> files = Files.list(folder.resolve("." + output + ".preparing"))) {
      for (Path note :
          files.filter(file -> file.toString().endsWith(".json")).sorted().skip(2).toList()) {
        Files.delete(note);
      }
    }
  }

  @Test
  void aJobThatFailsKeepsItsFinishedShards() throws IOException {
    assertThatThrownBy(
            () ->
                job("out")
                    .progress(
                        state -> {
                          if (state.shards() == 3) {
                            throw new IllegalStateException("the listener fails");
                          }
                        })
                    .run(LocalSpark.context()))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot prepare few: the listener fails.");
    assertThat(left()).containsExactly(".out.preparing", "input");
    assertThat(job("out").run(LocalSpark.context()).adopted()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aKilledJobGoesOnWhereItWas() throws IOException {
    kill("out", SMALL);
    assertThat(left()).containsExactly(".out.preparing", "input");
    DatasetManifest smooth = job("smooth").form(SMALL).run(LocalSpark.context()).manifest();
    PreparedImages resumed = job("out").form(SMALL).run(LocalSpark.context());
    assertThat(resumed.adopted()).isEqualTo(2);
    assertThat(resumed.manifest()).isEqualTo(smooth);
    assertThat(notes)
        .containsExactly(
            "2 of 5 shards were finished by an earlier job and are taken as they are.");
    assertThat(left()).containsExactly("input", "out", "smooth");
  }

  @Test
  void shardsThatWereMadeWithOtherOptionsAreNotTaken() throws IOException {
    kill("out", SMALL);
    PreparedImages prepared = job("out").run(LocalSpark.context());
    assertThat(prepared.adopted()).isZero();
    assertThat(notes)
        .singleElement()
        .asString()
        .matches(
            "2 shards of an earlier job in .*/\\.out\\.preparing are not taken, because they were"
                + " made with other options: version=1 form=Resized\\[shortSide=20, .*");
    assertThat(prepared.manifest()).isEqualTo(job("fresh").run(LocalSpark.context()).manifest());
  }

  @Test
  void shardsWhoseFilesHaveChangedAreNotTaken() throws IOException {
    kill("out", SMALL);
    Path changed = input.resolve("train/n01/n01_0.JPEG");
    Files.write(changed, Photographs.file("jpeg", 60, 30, 7));
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1));
    PreparedImages prepared = job("out").form(SMALL).run(LocalSpark.context());
    assertThat(prepared.manifest())
        .isEqualTo(job("fresh").form(SMALL).run(LocalSpark.context()).manifest());
    assertThat(prepared.adopted()).isBetween(1, 2);
  }

  @Test
  void aShardThatWasDamagedMeanwhileIsMadeAnew() throws IOException {
    kill("out", SMALL);
    try (Stream<Path> files = Files.list(folder.resolve(".out.preparing"))) {
      for (Path file : files.filter(some -> some.toString().endsWith(".parquet")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    PreparedImages prepared = job("out").form(SMALL).run(LocalSpark.context());
    assertThat(prepared.adopted()).isZero();
    assertThat(prepared.manifest())
        .isEqualTo(job("fresh").form(SMALL).run(LocalSpark.context()).manifest());
  }

  @Test
  void progressTellsShardsImagesAndRejects() throws IOException {
    Files.createFile(input.resolve("train/n01/empty.JPEG"));
    List<PreparationProgress.State> told = new ArrayList<>();
    job("out").progress(told::add).run(LocalSpark.context());
    assertThat(told).extracting(PreparationProgress.State::shards).containsExactly(1, 2, 3, 4, 5);
    PreparationProgress.State last = told.get(4);
    assertThat(last.of()).isEqualTo(5);
    assertThat(last.images()).isEqualTo(45);
    assertThat(last.rejected()).isEqualTo(1);
    assertThat(last.bytes()).isPositive();
  }

  @Test
  void aListOfPathsIsAnInput() throws IOException {
    Path list = input.resolve("list.csv");
    Files.writeString(input.resolve("train/n01/a, b.JPEG"), "no image");
    Map<String, Prepared.Image> train = new TreeMap<>();
    Files.writeString(
        list,
        "label,split,path\n"
            + "cat,train,train/n01/n01_0.JPEG\n"
            + "dog,train,\"train/n01/a, b.JPEG\"\n"
            + "dog,,"
            + input.resolve("train/n02/n02_1.JPEG")
            + "\n\n"
            + "cat,val,train/n02/n02_2.JPEG\n"
            + "dog,train,gone.JPEG\n",
        StandardCharsets.UTF_8);
    input = list;
    ImageInput images = ImageInput.open(input.toString(), LabelFiles.NONE, new Configuration());
    new PrepareImages("few", images, folder.resolve("out").toString()).run(LocalSpark.context());
    Prepared found = Prepared.at(folder.resolve("out"));
    train.putAll(found.images(Split.TRAIN));
    assertThat(train).containsOnlyKeys("n01_0.JPEG", "n02_1.JPEG");
    assertThat(train.get("n01_0.JPEG").synset()).isEqualTo("cat");
    assertThat(train.get("n02_1.JPEG").label()).isEqualTo(1);
    assertThat(found.images(Split.TEST)).containsOnlyKeys("n02_2.JPEG");
    assertThat(Prepared.rejected(folder.resolve("out/rejected.parquet")))
        .containsExactly(
            Map.entry("gone.JPEG", "there is no such file, or it may not be read"),
            Map.entry("train/n01/a, b.JPEG", "it is neither a JPEG nor a PNG"));
  }

  @Test
  void labelsThatAreNumbersAreKept() throws IOException {
    Path list = input.resolve("list.csv");
    Files.writeString(list, "path,label\ntrain/n01/n01_0.JPEG,10\ntrain/n01/n01_1.JPEG,2\n");
    input = list;
    ImageInput images = ImageInput.open(input.toString(), LabelFiles.NONE, new Configuration());
    new PrepareImages("few", images, folder.resolve("out").toString()).run(LocalSpark.context());
    Map<String, Integer> labels =
        Prepared.at(folder.resolve("out")).images(Split.TRAIN).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().label()));
    assertThat(labels).isEqualTo(Map.of("n01_0.JPEG", 10, "n01_1.JPEG", 2));
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> job("out").shards(36).run(LocalSpark.context()))
        .hasMessage(
            "Cannot prepare few as 36 shards: its training split has 35 files and no shard may be"
                + " empty; choose 1 to 35 shards.");
    assertThatThrownBy(() -> job("out").shards(0))
        .hasMessage("Cannot prepare few as 0 shards: there must be at least 1.");
    assertThatThrownBy(() -> job("out").maxRejected(-1))
        .hasMessage("Cannot publish few with at most -1 rejected files: it must be at least 0.");
    assertThatThrownBy(() -> job("out").maxPixels(0))
        .hasMessage("Cannot decode images of at most 0 pixels: it must be at least 1.");
    assertThatThrownBy(() -> new StoredForm.Resized(256, 0, Decoding.WHOLE, Orientation.AS_STORED))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot encode images with quality 0: it must be 1 to 100; 90 is usual.");
    assertThatThrownBy(() -> new StoredForm.Resized(0, 90, Decoding.WHOLE, Orientation.AS_STORED))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot resize images to a short side of 0 pixels: it must be 1 to 8192; 256 is usual.");
  }

  @Test
  void anExistingOutputIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    assertThatThrownBy(() -> job("out").run(LocalSpark.context()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("it exists already; choose another output or remove it first.");
  }
}
