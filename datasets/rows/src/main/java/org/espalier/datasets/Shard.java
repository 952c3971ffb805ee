package org.espalier.datasets;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One Parquet file of a split.
 *
 * @param path relative to the dataset's folder, for example {@code train/part-00000.parquet}
 * @param bytes the file's length
 * @param sha256 the SHA-256 of the file, 64 lower-case hexadecimal digits
 * @param rowGroups the rows of each row group, in file order
 */
public record Shard(String path, long bytes, String sha256, List<Integer> rowGroups)
    implements Serializable {
  private static final Pattern RELATIVE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the path leaves the dataset's folder, the checksum is not
   *     one, or the file or a row group is empty
   */
  public Shard {
    if (!RELATIVE.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "Cannot have a shard at '" + path + "': the path must stay inside the dataset's folder");
    }
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "Cannot have the shard " + path + " of " + bytes + " bytes: it must not be empty");
    }
    if (!SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "Cannot have the shard "
              + path
              + " with the SHA-256 '"
              + sha256
              + "': it must be 64 hex");
    }
    rowGroups = List.copyOf(rowGroups);
    if (rowGroups.isEmpty() || rowGroups.stream().anyMatch(rows -> rows < 1)) {
      throw new IllegalArgumentException(
          "Cannot have the shard "
              + path
              + " with the row groups "
              + rowGroups
              + ": none is empty");
    }
  }

  /** The rows of all row groups. */
  public long rows() {
    return rowGroups.stream().mapToLong(Integer::longValue).sum();
  }
}
