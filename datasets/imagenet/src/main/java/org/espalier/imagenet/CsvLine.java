package org.espalier.imagenet;

import java.io.Serializable;
import java.util.regex.Pattern;

/** What a line of a list tells of an image. */
record CsvLine(String split, String path, String label) implements Serializable {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  /** The image, whose path is relative to a folder unless it is absolute. */
  ImageFile file(String folder, int number) {
    boolean absolute = path.startsWith("/") || URI.matcher(path).matches();
    String location = absolute ? path : folder + "/" + path;
    return ImageFile.of(split, path, location, ImageFile.UNKNOWN, 0, number);
  }
}
