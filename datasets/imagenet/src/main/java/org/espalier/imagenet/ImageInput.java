package org.espalier.imagenet;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/**
 * Images in one of the layouts that people have ImageNet in:
 *
 * <ul>
 *   <li>a folder with {@code train/SYNSET/*.JPEG}, and {@code val/} with the same or flat
 *   <li>a folder with the tars that ImageNet publishes, {@value TarInput#TRAIN} of one tar per
 *       synset, and {@value TarInput#VAL}, flat
 *   <li>a list: a CSV with a header that names {@code path}, {@code label} and, if it likes, {@code
 *       split}
 * </ul>
 *
 * A flat {@code val} needs a list of its labels. The split {@code val} is called {@code test}, as
 * in every dataset.
 */
public abstract class ImageInput {
  /** Where the images are, for people. */
  private final String uri;

  ImageInput(String uri) {
    this.uri = uri;
  }

  /**
   * Looks at an input without listing it.
   *
   * @param uri a folder, or a file whose name ends in {@code .csv}
   * @param names what is known of the classes beside
   * @throws Refusal if it has none of the layouts, or two
   */
  public static ImageInput open(String uri, LabelFiles names, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(hadoop);
      Path root = files.makeQualified(path);
      if (files.getFileStatus(root).isFile()) {
        return file(root, names, hadoop);
      }
      boolean folders = files.exists(new Path(root, FolderInput.TRAIN));
      boolean tars = files.exists(new Path(root, TarInput.TRAIN));
      if (folders && tars) {
        throw new Refusal(
            "Cannot prepare %s: it has both %s/ and %s, and either may be meant; name a folder that holds one of them."
                .formatted(root, FolderInput.TRAIN, TarInput.TRAIN));
      }
      if (tars) {
        return TarInput.open(root, names, hadoop);
      }
      if (folders) {
        return FolderInput.open(root, names, hadoop);
      }
      throw new Refusal(
          "Cannot prepare %s: it has neither a folder %s/ with a folder per class nor %s; name the folder that holds one of them, or a .csv that lists paths and labels."
              .formatted(root, FolderInput.TRAIN, TarInput.TRAIN));
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot prepare %s: there is no such file or folder; check the path.".formatted(uri), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal("Cannot prepare %s: %s; check the path.".formatted(uri, Reason.of(e)), e);
    }
  }

  private static ImageInput file(Path file, LabelFiles names, Configuration hadoop)
      throws IOException {
    if (!file.getName().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      throw new Refusal(
          "Cannot prepare %s: it is a file whose name does not end in .csv; name a folder, or a .csv that lists paths and labels."
              .formatted(file));
    }
    return CsvInput.open(file, names, hadoop);
  }

  /** Where the images are, for people. */
  final String uri() {
    return uri;
  }

  /**
   * Lists the images.
   *
   * @throws Refusal if the input turns out not to be what it has to be
   */
  abstract ImageListing list(JavaSparkContext spark) throws IOException;

  /** The classes in the order of their labels. */
  static List<String> sorted(List<String> found) {
    return found.stream().sorted().toList();
  }
}
