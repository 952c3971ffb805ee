package org.espalier.datasets;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.base.Sha256;

/**
 * All there is to know about a prepared dataset. Two datasets with equal manifests hold equal
 * bytes, because the manifest carries every shard's SHA-256.
 *
 * @param schemaVersion of the manifest and the shards, at present {@value #SCHEMA_VERSION}
 * @param name what it is, for example {@code mnist}
 * @param image the shape of every image
 * @param classes how many there are; labels are 0 ... classes-1
 * @param splits by name, iterated in the order of their names
 */
public record DatasetManifest(
    int schemaVersion, String name, ImageShape image, int classes, SortedMap<String, Split> splits)
    implements Serializable {
  /** The newest layout that this version writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  /**
   * @throws IllegalArgumentException if the version is unknown, or a name, a class or a split is
   *     missing
   */
  public DatasetManifest {
    if (schemaVersion != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "Cannot have schema version " + schemaVersion + ": it must be " + SCHEMA_VERSION);
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("Cannot have a dataset without a name");
    }
    if (classes < 1) {
      throw new IllegalArgumentException(
          "Cannot have " + classes + " classes: there must be at least 1");
    }
    if (splits.isEmpty()) {
      throw new IllegalArgumentException("Cannot have a dataset without splits");
    }
    splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
  }

  /** A manifest of the newest schema version. */
  public DatasetManifest(String name, ImageShape image, int classes, Map<String, Split> splits) {
    this(SCHEMA_VERSION, name, image, classes, new TreeMap<>(splits));
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
   * members in the order declared here, splits in the order of their names.
   */
  public String hash() {
    return Sha256.of(ManifestJson.canonical(this));
  }
}
