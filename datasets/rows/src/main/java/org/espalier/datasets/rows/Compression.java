package org.espalier.datasets.rows;

import java.util.Locale;

/** How a column is compressed in its file. */
public enum Compression {
  /** As it is: for what is compressed already, such as JPEG. */
  NONE,
  /** Zstandard. */
  ZSTD;

  /** The name that manifests use, such as {@code zstd}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
