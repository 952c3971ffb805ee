package org.espalier.datasets;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.base.Sha256;
import org.espalier.datasets.rows.RowSchema;

/**
 * All there is to know about a prepared dataset. Two datasets with equal manifests hold equal
 * bytes, because the manifest carries every shard's SHA-256.
 *
 * @param schemaVersion of the manifest: {@value #SCHEMA_VERSION}, or 1, which knew pixels alone and
 *     is still read
 * @param name what it is, for example {@code mnist}
 * @param schema what its rows consist of
 * @param splits by name, iterated in the order of their names
 */
public record DatasetManifest(
    int schemaVersion, String name, RowSchema schema, SortedMap<String, Split> splits)
    implements Serializable {
  /** The version that is written. */
  public static final int SCHEMA_VERSION = 2;

  /** The version whose rows are {@link PixelImages} without saying so. */
  static final int PIXELS_ALONE = 1;

  /**
   * @throws IllegalArgumentException if the version is unknown, or a name or a split is missing
   */
  public DatasetManifest {
    requireKnown(schemaVersion);
    if (schemaVersion == PIXELS_ALONE) {
      PixelImages.of(schema);
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("Cannot have a dataset without a name");
    }
    if (splits.isEmpty()) {
      throw new IllegalArgumentException("Cannot have a dataset without splits");
    }
    splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
  }

  /** A manifest of the version that is written. */
  public DatasetManifest(String name, RowSchema schema, Map<String, Split> splits) {
    this(SCHEMA_VERSION, name, schema, new TreeMap<>(splits));
  }

  static void requireKnown(int schemaVersion) {
    if (schemaVersion != SCHEMA_VERSION && schemaVersion != PIXELS_ALONE) {
      throw new IllegalArgumentException(
          "Cannot have schema version " + schemaVersion + ": it must be 1 or " + SCHEMA_VERSION);
    }
  }

  /** The text of {@code manifest.json}. */
  public String json() {
    return ManifestJson.text(this);
  }

  /**
   * The manifest that {@code json} describes.
   *
   * @throws IllegalArgumentException with a reason fit to follow a colon
   */
  public static DatasetManifest parse(String json) {
    return ManifestJson.parse(json);
  }

  /**
   * The SHA-256 of the canonical form, 64 hexadecimal digits: JSON in UTF-8 without white space,
   * members in the order of the manifest's own version, splits in the order of their names.
   */
  public String hash() {
    return Sha256.of(ManifestJson.canonical(this));
  }
}
