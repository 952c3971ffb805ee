package org.espalier.imagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputTest {
  @TempDir private Path input;

  private ImageInput open(LabelFiles names) {
    return ImageInput.open(input.toString(), names, new Configuration());
  }

  private static LabelFiles valLabels(Path list) {
    return new LabelFiles(Optional.of(list.toString()), Optional.empty());
  }

  private static LabelFiles classes(Path list) {
    return new LabelFiles(Optional.empty(), Optional.of(list.toString()));
  }

  private void assertRefused(LabelFiles names, String reason) {
    assertThatThrownBy(() -> open(names).list(LocalSpark.context()).files().count())
        .satisfiesAnyOf(
            failure -> assertThat(failure).isInstanceOf(Refusal.class).hasMessage(reason),
            failure -> assertThat(failure).hasRootCauseMessage(reason));
  }

  private Map<String, Integer> labels(LabelFiles names, String split) throws IOException {
    return open(names).list(LocalSpark.context()).files().collect().stream()
        .filter(file -> file.split().equals(split))
        .collect(Collectors.toMap(ImageFile::fileName, ImageFile::label));
  }

  private Path labelList(String... lines) throws IOException {
    return Files.write(input.resolve("labels.txt"), List.of(lines));
  }

  private void flatVal() throws IOException {
    Photographs.write(input.resolve("train/n01"), "a", 1);
    Photographs.write(input.resolve("train/n02"), "b", 1);
    Photographs.write(input.resolve("val"), "val", 3);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(
            () ->
                ImageInput.open(
                    input.resolve("gone").toString(), LabelFiles.NONE, new Configuration()))
        .hasMessage(
            "Cannot prepare %s/gone: there is no such file or folder; check the path.", input);
    assertRefused(
        LabelFiles.NONE,
        "Cannot prepare file:%s: it has neither a folder train/ with a folder per class nor ILSVRC2012_img_train.tar; name the folder that holds one of them, or a .csv that lists paths and labels."
            .formatted(input));
  }

  @Test
  void anEmptyFolderIsRefused() throws IOException {
    Files.createDirectory(input.resolve("train"));
    assertRefused(
        LabelFiles.NONE,
        "Cannot prepare file:%s/train: it is empty; put a folder of images for each class into it."
            .formatted(input));
  }

  @Test
  void aFileThatIsNoListIsRefused() throws IOException {
    Path file = Files.write(input.resolve("a.JPEG"), Photographs.jpeg(1));
    assertThatThrownBy(() -> ImageInput.open(file.toString(), LabelFiles.NONE, new Configuration()))
        .hasMessageEndingWith(
            "it is a file whose name does not end in .csv; name a folder, or a .csv that lists paths and labels.");
  }

  @Test
  void twoLayoutsAtOnceAreRefused() throws IOException {
    Photographs.write(input.resolve("train/n01"), "a", 1);
    Files.createFile(input.resolve("ILSVRC2012_img_train.tar"));
    assertRefused(
        LabelFiles.NONE,
        "Cannot prepare file:%s: it has both train/ and ILSVRC2012_img_train.tar, and either may be meant; name a folder that holds one of them."
            .formatted(input));
  }

  @Test
  void filesBesideClassFoldersAreRefused() throws IOException {
    Photographs.write(input.resolve("train/n01"), "a", 1);
    Photographs.write(input.resolve("train"), "b", 1);
    assertRefused(
        LabelFiles.NONE,
        "Cannot label the images of file:%s/train: 'b_0.JPEG' is a file and not the folder of a class; move it away, or into the folder of its class."
            .formatted(input));
    Files.delete(input.resolve("train/b_0.JPEG"));
    Photographs.write(input.resolve("val/n01"), "a", 1);
    Photographs.write(input.resolve("val"), "b", 1);
    assertRefused(
        LabelFiles.NONE,
        "Cannot label the images of file:%s/val: it holds both files and folders; sort all files into the folders of their classes, or none."
            .formatted(input));
  }

  @Test
  void anUnknownSynsetIsRefused() throws IOException {
    Photographs.write(input.resolve("train/n01440764"), "a", 1);
    Photographs.write(input.resolve("train/n02102040"), "a", 1);
    Photographs.write(input.resolve("val/n01440765"), "a", 1);
    assertRefused(
        LabelFiles.NONE,
        "Cannot label the images of file:%s/val: 'n01440765' is none of the 2 classes, of which the nearest are n01440764, n02102040; name the class as its folder or the list of classes does."
            .formatted(input));
  }

  @Test
  void aListOfClassesGivesTheOrderOfTheLabels() throws IOException {
    flatVal();
    Path list = Files.write(input.resolve("c.txt"), List.of("n03\tgoldfish", "n02 x", "", "n01,y"));
    assertThatThrownBy(() -> open(classes(list))).hasMessageContaining("--val-labels");
    org.apache.hadoop.fs.FileUtil.fullyDelete(input.resolve("val").toFile());
    assertThat(labels(classes(list), Split.TRAIN)).isEqualTo(Map.of("a_0.JPEG", 2, "b_0.JPEG", 1));
    Files.write(list, List.of("n01", "n01"));
    assertRefused(
        classes(list),
        "Cannot use the classes in %s: 'n01' is both class 1 and class 2; list every class once."
            .formatted(list));
    Files.write(list, List.of("n01"));
    assertThatThrownBy(() -> open(classes(list)))
        .hasMessageContaining("'n02' is none of the 1 classes");
    Files.write(list, List.of(""));
    assertThatThrownBy(() -> open(classes(list)))
        .hasMessageContaining("it has no line; list one class per line.");
  }

  @Test
  void aFlatSplitNeedsLabels() throws IOException {
    flatVal();
    assertRefused(
        LabelFiles.NONE,
        "Cannot label the images of file:%s/val: they lie in no folders of classes; name a list of their synsets with --val-labels, or sort them into folders."
            .formatted(input));
  }

  @Test
  void labelsInTheOrderOfTheFileNames() throws IOException {
    flatVal();
    Path list = labelList("n02", "n01", "n02", "");
    assertThat(labels(valLabels(list), Split.TEST))
        .isEqualTo(Map.of("val_0.JPEG", 1, "val_1.JPEG", 0, "val_2.JPEG", 1));
    assertThat(labels(valLabels(list), Split.TRAIN)).hasSize(2);
  }

  @Test
  void labelsByFileName() throws IOException {
    flatVal();
    Path list = labelList("val_2,n01 85 1 499 272", "val_0 n02", "val_1.JPEG n02");
    assertThat(labels(valLabels(list), Split.TEST))
        .isEqualTo(Map.of("val_0.JPEG", 1, "val_1.JPEG", 1, "val_2.JPEG", 0));
    labelList("val_2,n01", "val_0 n02", "val_3 n02");
    assertRefused(
        valLabels(list),
        "Cannot label the image val_1 of file:%s/val: %s does not name it; list one label for each image."
            .formatted(input, list));
  }

  @Test
  void aListOfAnotherLengthIsRefused() throws IOException {
    flatVal();
    Path list = labelList("n02", "n01");
    assertRefused(
        valLabels(list),
        "Cannot label the 3 images of file:%s/val: %s has 2 lines; list one label for each image."
            .formatted(input, list));
  }

  @Test
  void aListThatNamesWhatThereIsNotIsRefused() throws IOException {
    flatVal();
    Path list = labelList("490", "361", "171");
    assertThatThrownBy(() -> open(valLabels(list)).list(LocalSpark.context()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'490' is none of the 2 classes");
  }

  @Test
  void aListThatNobodyNeedsIsRefused() throws IOException {
    Photographs.write(input.resolve("train/n01"), "a", 1);
    Path list = labelList("n01");
    assertRefused(
        valLabels(list),
        "Cannot use the labels in %s: file:%s has no flat val/ whose images they could be; leave the list away, or check the input."
            .formatted(list, input));
  }

  @Test
  void aCsvMustNameItsColumns() throws IOException {
    Path csv = Files.writeString(input.resolve("list.csv"), "a.JPEG,cat\n");
    assertThatThrownBy(() -> ImageInput.open(csv.toString(), LabelFiles.NONE, new Configuration()))
        .hasMessage(
            "Cannot read file:%s: its first line is 'a.JPEG,cat' and does not name the columns path and label; begin it with 'path,label'.",
            csv);
  }

  @Test
  void linesOfACsvMustFit() throws IOException {
    Path csv = input.resolve("list.csv");
    Files.writeString(csv, "path,label\n");
    assertCsvRefused(csv, "it lists no image; add a line for each.");
    Files.writeString(csv, "path,label\na,b,c\n");
    assertCsvRefused(csv, "the line 'a,b,c' has 3 fields and the first line names 2");
    Files.writeString(csv, "path,label,split\na,b,dev\n");
    assertCsvRefused(csv, "names the split 'dev'; it must be train, val or test.");
  }

  private static void assertCsvRefused(Path csv, String reason) {
    ImageInput images = ImageInput.open(csv.toString(), LabelFiles.NONE, new Configuration());
    assertThatThrownBy(() -> images.list(LocalSpark.context())).hasStackTraceContaining(reason);
  }

  @Test
  void fieldsOfACsvMayBeQuoted() {
    assertThat(CsvColumns.fields("\"a \"\"b\"\", c.JPEG\",o'clock,"))
        .containsExactly("a \"b\", c.JPEG", "o'clock", "");
  }
}
