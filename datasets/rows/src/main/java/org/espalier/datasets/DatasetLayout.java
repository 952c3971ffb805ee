package org.espalier.datasets;

import java.util.Locale;
import org.espalier.storage.Publication;

/** The names of a dataset's files. */
public final class DatasetLayout {
  /** The manifest, relative to the dataset's folder. */
  public static final String MANIFEST = Publication.MANIFEST;

  /** The vocabulary of sentence pairs, relative to the dataset's folder. */
  public static final String VOCABULARY = "vocabulary.subwords";

  private DatasetLayout() {}

  /** The path of a shard relative to the dataset's folder: {@code train/part-00000.parquet}. */
  public static String shard(String split, int shard) {
    return String.format(Locale.ROOT, "%s/part-%05d.parquet", split, shard);
  }
}
