package org.espalier.imagenet;

import java.io.Serializable;

/**
 * The files of a split, added up.
 *
 * @param bytes of those whose length is known
 */
record ListedTotals(long files, long bytes) implements Serializable {
  static ListedTotals of(ImageFile file) {
    return new ListedTotals(1, Math.max(0, file.bytes()));
  }

  ListedTotals plus(ListedTotals other) {
    return new ListedTotals(files + other.files, bytes + other.bytes);
  }
}
