package org.espalier.imagenet;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file that was listed as an image.
 *
 * @param split that it belongs to
 * @param name by which people find it in the input, such as {@code train/n01440764/a.JPEG}
 * @param location of the file, or of the archive that it lies in
 * @param offset of its first byte in there
 * @param bytes of the file, {@link #UNKNOWN} if the listing does not tell
 * @param modified when the location was last changed, in milliseconds, 0 if unknown
 * @param label of its class, {@link #UNKNOWN} before it is known
 * @param flaw why it is no image, empty if it may be one; fit to follow a colon
 */
record ImageFile(
    String split,
    String name,
    String location,
    long offset,
    long bytes,
    long modified,
    int label,
    String flaw)
    implements Serializable {
  static final int UNKNOWN = -1;

  private static final Pattern IMAGE = Pattern.compile(".*\\.(jpe?g|png)");

  /** A file by itself. */
  static ImageFile of(
      String split, String name, String location, long bytes, long modified, int label) {
    return new ImageFile(split, name, location, 0, bytes, modified, label, flawOf(nameOf(name)));
  }

  /** Something that is no file. */
  static ImageFile folder(String split, String name, String location, int label) {
    return new ImageFile(split, name, location, 0, 0, 0, label, "it is a folder");
  }

  /** Why nothing of this name is an image, empty if one may be. */
  static String flawOf(String fileName) {
    return IMAGE.matcher(fileName.toLowerCase(Locale.ROOT)).matches()
        ? ""
        : "its name ends in none of .JPEG, .jpeg, .jpg and .png";
  }

  /** Whether a name is one of those that file managers and Hadoop hide. */
  static boolean isHidden(String fileName) {
    return fileName.startsWith(".") || fileName.startsWith("_");
  }

  ImageFile labelled(int newLabel) {
    return new ImageFile(split, name, location, offset, bytes, modified, newLabel, flaw);
  }

  /** The name without folders. */
  String fileName() {
    return nameOf(name);
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
