package org.espalier.imagenet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;

/**
 * Images in the tars that ImageNet publishes: one of training images that holds a tar per synset,
 * and a flat one of validation images. Nothing is unpacked: the headers are read where they lie,
 * and images from their places.
 */
final class TarInput extends ImageInput {
  static final String TRAIN = "ILSVRC2012_img_train.tar";
  static final String VAL = "ILSVRC2012_img_val.tar";
  private static final String TAR = ".tar";

  private final ClassNames classes;
  private final List<TarPart> parts;
  private final Optional<FlatSplit> flat;

  private TarInput(String uri, ClassNames classes, List<TarPart> parts, Optional<FlatSplit> flat) {
    super(uri);
    this.classes = classes;
    this.parts = parts;
    this.flat = flat;
  }

  static TarInput open(Path root, LabelFiles names, Configuration hadoop) throws IOException {
    FileSystem files = root.getFileSystem(hadoop);
    Path train = new Path(root, TRAIN);
    List<TarPart> parts = classTars(train, hadoop);
    List<String> found = sorted(parts.stream().map(TarPart::synset).toList());
    ClassNames classes = ClassNames.of(found, names.classes(), train.toString(), hadoop);
    parts =
        new ArrayList<>(
            parts.stream()
                .map(part -> part.labelled(classes.label(part.synset(), train.toString())))
                .toList());
    Path val = new Path(root, VAL);
    Optional<FlatSplit> flat = Optional.empty();
    if (files.exists(val)) {
      flat = Optional.of(FlatSplit.of(val.toString(), names));
      parts.add(TarPart.whole(Split.TEST, val, files.getFileStatus(val)));
    }
    return new TarInput(root.toString(), classes, parts, flat);
  }

  @Override
  ImageListing list(JavaSparkContext spark) {
    SharedConfiguration hadoop = SharedConfiguration.of(spark);
    JavaRDD<ImageFile> files =
        spark.parallelize(parts, parts.size()).flatMap(part -> new TarFiles(part, hadoop.value()));
    return new ImageListing(
        classes.names(), flat.map(split -> split.labelled(spark, files, classes)).orElse(files));
  }

  private static List<TarPart> classTars(Path train, Configuration hadoop) throws IOException {
    TarPart whole =
        TarPart.whole(Split.TRAIN, train, train.getFileSystem(hadoop).getFileStatus(train));
    List<TarPart> parts = new ArrayList<>();
    try (TarMembers members = new TarMembers(whole, hadoop)) {
      while (members.hasNext()) {
        TarMember member = members.next();
        if (!member.name().endsWith(TAR)) {
          throw new Refusal(
              "Cannot list %s: its member '%s' is no .tar, and the archive of training images holds one for each synset; name the archive that ImageNet publishes."
                  .formatted(train, member.name()));
        }
        String synset =
            member
                .name()
                .substring(
                    member.name().lastIndexOf('/') + 1, member.name().length() - TAR.length());
        parts.add(whole.inner(member, synset));
      }
    }
    if (parts.isEmpty()) {
      throw new Refusal(
          "Cannot prepare %s: it is empty; name the archive that ImageNet publishes."
              .formatted(train));
    }
    return parts;
  }
}
