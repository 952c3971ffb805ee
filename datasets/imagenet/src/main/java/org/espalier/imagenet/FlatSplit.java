package org.espalier.imagenet;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;
import scala.Tuple2;

/**
 * A test split whose files tell no class, and the list that does. Neither is ever held as a whole.
 *
 * @param where the files lie, for people
 * @param list its lines are synsets in the order of the file names, or file names with synsets
 */
record FlatSplit(String where, String list) implements Serializable {

  /**
   * @throws Refusal if nobody named a list
   */
  static FlatSplit of(String where, LabelFiles names) {
    return names
        .valLabels()
        .map(list -> new FlatSplit(where, list))
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot label the images of %s: they lie in no folders of classes; name a list of their synsets with --val-labels, or sort them into folders."
                        .formatted(where)));
  }

  /**
   * All files, those of the flat split with labels.
   *
   * @throws Refusal if the list has another length than the split, or names what there is not
   */
  JavaRDD<ImageFile> labelled(
      JavaSparkContext spark, JavaRDD<ImageFile> listed, ClassNames classes) {
    JavaRDD<ImageFile> files = listed.persist(StorageLevel.DISK_ONLY());
    JavaRDD<ImageFile> unlabelled =
        files.filter(file -> file.label() == ImageFile.UNKNOWN && file.flaw().isEmpty());
    JavaRDD<List<String>> lines =
        spark.textFile(list).filter(line -> !line.isBlank()).map(LabelLine::words);
    long images = unlabelled.count();
    long labels = lines.count();
    if (images != labels) {
      throw new Refusal(
          "Cannot label the %d images of %s: %s has %d lines; list one label for each image."
              .formatted(images, where, list, labels));
    }
    refuseUnknown(lines, classes);
    JavaRDD<ImageFile> labelled =
        lines.first().size() == 1
            ? byOrder(unlabelled, lines, classes)
            : byName(unlabelled, lines, classes);
    // What is no image needs no label, but must be counted.
    JavaRDD<ImageFile> flawed =
        files
            .filter(file -> file.label() == ImageFile.UNKNOWN && !file.flaw().isEmpty())
            .map(file -> file.labelled(0));
    return files.filter(file -> !file.split().equals(Split.TEST)).union(labelled).union(flawed);
  }

  private void refuseUnknown(JavaRDD<List<String>> lines, ClassNames classes) {
    List<String> known = classes.names();
    Set<String> names = new HashSet<>(known);
    lines
        .map(FlatSplit::synset)
        .filter(name -> !names.contains(name))
        .take(1)
        .forEach(name -> classes.label(name, list));
  }

  private JavaRDD<ImageFile> byOrder(
      JavaRDD<ImageFile> files, JavaRDD<List<String>> lines, ClassNames classes) {
    JavaPairRDD<Long, ImageFile> numbered =
        files
            .sortBy(ImageFile::name, true, files.getNumPartitions())
            .zipWithIndex()
            .mapToPair(Tuple2::swap);
    JavaPairRDD<Long, List<String>> labels = lines.zipWithIndex().mapToPair(Tuple2::swap);
    return labelled(numbered.join(labels), classes);
  }

  private JavaRDD<ImageFile> byName(
      JavaRDD<ImageFile> files, JavaRDD<List<String>> lines, ClassNames classes) {
    JavaPairRDD<String, ImageFile> named =
        files.mapToPair(file -> new Tuple2<>(stem(file.fileName()), file));
    JavaPairRDD<String, List<String>> labels =
        lines.mapToPair(words -> new Tuple2<>(stem(words.get(0)), words));
    named
        .subtractByKey(labels)
        .keys()
        .take(1)
        .forEach(
            name -> {
              throw new Refusal(
                  "Cannot label the image %s of %s: %s does not name it; list one label for each image."
                      .formatted(name, where, list));
            });
    return labelled(named.join(labels), classes);
  }

  private <K> JavaRDD<ImageFile> labelled(
      JavaPairRDD<K, Tuple2<ImageFile, List<String>>> joined, ClassNames classes) {
    String source = list;
    return joined
        .values()
        .map(pair -> pair._1().labelled(classes.label(synset(pair._2()), source)));
  }

  private static String synset(List<String> words) {
    return words.get(words.size() == 1 ? 0 : 1);
  }

  /** A file name without its ending, which lists leave away. */
  private static String stem(String name) {
    return ImageFile.flawOf(name).isEmpty() ? name.substring(0, name.lastIndexOf('.')) : name;
  }
}
