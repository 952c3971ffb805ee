package org.espalier.imagenet;

import java.io.Serializable;
import java.util.Comparator;
import org.espalier.base.Mix64;

/**
 * The place of a file in the order of a dataset: by split, then in an order that is random and a
 * function of the name alone, so that every shard and every row group has images of all classes.
 */
record FilePlace(String split, long number, String name)
    implements Comparable<FilePlace>, Serializable {
  private static final long KEY = Mix64.key(0, Mix64.of("order of images"));
  private static final Comparator<FilePlace> ORDER =
      Comparator.comparing(FilePlace::split)
          .thenComparing(FilePlace::number)
          .thenComparing(FilePlace::name);

  static FilePlace of(ImageFile file) {
    long number = Mix64.key(KEY, Mix64.of(file.name())) >>> 1;
    return new FilePlace(file.split(), number, file.name());
  }

  /** The shard among {@code shards} equal ranges of numbers. */
  int shard(int shards) {
    return (int) Math.multiplyHigh(number, (long) shards << 1);
  }

  @Override
  public int compareTo(FilePlace other) {
    return ORDER.compare(this, other);
  }
}
