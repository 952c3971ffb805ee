package org.espalier.imagenet;

import java.util.Optional;

/**
 * The files that tell about classes what the images' own layout does not.
 *
 * @param valLabels the labels of a flat {@code val}: one synset per line in the order of the file
 *     names, or a file name and its synset, separated by a comma or white space
 * @param classes the names of all classes in the order of their labels, the first word of each line
 */
public record LabelFiles(Optional<String> valLabels, Optional<String> classes) {
  /** No such files. */
  public static final LabelFiles NONE = new LabelFiles(Optional.empty(), Optional.empty());
}
