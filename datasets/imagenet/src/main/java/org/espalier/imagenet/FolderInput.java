package org.espalier.imagenet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Refusal;
import org.espalier.datasets.Split;

/** Images in a folder per class: {@code train/SYNSET/} and, if there is one, {@code val/}. */
final class FolderInput extends ImageInput {
  static final String TRAIN = "train";
  static final String VAL = "val";

  private final ClassNames classes;
  private final List<ImageFolder> folders;
  private final Optional<FlatSplit> flat;

  private FolderInput(
      String uri, ClassNames classes, List<ImageFolder> folders, Optional<FlatSplit> flat) {
    super(uri);
    this.classes = classes;
    this.folders = folders;
    this.flat = flat;
  }

  static FolderInput open(Path root, LabelFiles names, Configuration hadoop) throws IOException {
    FileSystem files = root.getFileSystem(hadoop);
    Path train = new Path(root, TRAIN);
    List<String> found = classFolders(files, train);
    ClassNames classes = ClassNames.of(found, names.classes(), train.toString(), hadoop);
    List<ImageFolder> folders = new ArrayList<>();
    addAll(folders, Split.TRAIN, train, found, classes);
    Path val = new Path(root, VAL);
    Optional<FlatSplit> flat = Optional.empty();
    if (files.exists(val)) {
      if (isFlat(files, val)) {
        flat = Optional.of(FlatSplit.of(val.toString(), names));
        folders.add(new ImageFolder(Split.TEST, VAL, val.toString(), ImageFile.UNKNOWN));
      } else {
        addAll(folders, Split.TEST, val, classFolders(files, val), classes);
      }
    }
    if (flat.isEmpty()) {
      names.valLabels().ifPresent(list -> refuseUnused(list, root));
    }
    return new FolderInput(root.toString(), classes, folders, flat);
  }

  @Override
  ImageListing list(JavaSparkContext spark) {
    SharedConfiguration hadoop = SharedConfiguration.of(spark);
    JavaRDD<ImageFile> files =
        spark
            .parallelize(folders, folders.size())
            .flatMap(folder -> new FolderFiles(folder, hadoop.value()));
    return new ImageListing(
        classes.names(), flat.map(split -> split.labelled(spark, files, classes)).orElse(files));
  }

  private static void addAll(
      List<ImageFolder> folders,
      String split,
      Path parent,
      List<String> synsets,
      ClassNames classes) {
    for (String synset : synsets) {
      int label = classes.label(synset, parent.toString());
      folders.add(
          new ImageFolder(split, parent.getName() + "/" + synset, parent + "/" + synset, label));
    }
  }

  private static List<String> classFolders(FileSystem files, Path parent) throws IOException {
    List<String> found = new ArrayList<>();
    RemoteIterator<FileStatus> entries = files.listStatusIterator(parent);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String name = entry.getPath().getName();
      if (ImageFile.isHidden(name)) {
        continue;
      }
      if (entry.isFile()) {
        throw new Refusal(
            "Cannot label the images of %s: '%s' is a file and not the folder of a class; move it away, or into the folder of its class."
                .formatted(parent, name));
      }
      found.add(name);
    }
    if (found.isEmpty()) {
      throw new Refusal(
          "Cannot prepare %s: it is empty; put a folder of images for each class into it."
              .formatted(parent));
    }
    return sorted(found);
  }

  /** Whether the first thing in there is a file. Hidden files do not count. */
  private static boolean isFlat(FileSystem files, Path parent) throws IOException {
    boolean anyFile = false;
    boolean anyFolder = false;
    RemoteIterator<FileStatus> entries = files.listStatusIterator(parent);
    while (entries.hasNext() && !(anyFile && anyFolder)) {
      FileStatus entry = entries.next();
      if (!ImageFile.isHidden(entry.getPath().getName())) {
        anyFile |= entry.isFile();
        anyFolder |= entry.isDirectory();
      }
    }
    if (anyFile && anyFolder) {
      throw new Refusal(
          "Cannot label the images of %s: it holds both files and folders; sort all files into the folders of their classes, or none."
              .formatted(parent));
    }
    return anyFile;
  }

  private static void refuseUnused(String list, Path root) {
    throw new Refusal(
        "Cannot use the labels in %s: %s has no flat %s/ whose images they could be; leave the list away, or check the input."
            .formatted(list, root, VAL));
  }
}
