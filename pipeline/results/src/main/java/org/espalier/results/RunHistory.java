package org.espalier.results;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as it is stored with its checkpoints and its folder: which one it is, and how far and by
 * what it was computed.
 *
 * @param name of its folder, which ends in the first digits of the hash
 * @param hash SHA-256, in hex, of the canonical configuration; runs are the same if and only if
 *     theirs is
 * @param configuration the canonical one: what differs from the defaults, by key, files by the hash
 *     of their content
 * @param parts in order, at least one; more where the run was resumed
 */
public record RunHistory(
    String name, String hash, SortedMap<String, String> configuration, List<RunPart> parts) {

  public RunHistory {
    Require.text(name, "run name");
    Require.text(hash, "run hash");
    Require.atLeast(1, parts.size(), "a number of parts");
    configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
    parts = List.copyOf(parts);
  }

  /** The history as JSON. */
  public String json() {
    return RunJson.text(this);
  }

  /**
   * The history that {@code json} describes.
   *
   * @throws IllegalArgumentException with a reason fit to follow a colon
   */
  public static RunHistory parse(String json) {
    return RunJson.parse(RunJson.tree(json), RunHistory.class);
  }
}
