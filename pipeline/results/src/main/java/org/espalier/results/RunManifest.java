package org.espalier.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.espalier.storage.Publication;

/**
 * The manifest of a run, an export or an evaluation, which makes its folder a finished one.
 *
 * @param schemaVersion at present {@value #SCHEMA_VERSION}
 * @param kind what the folder holds
 * @param run the run, or the one that was exported or evaluated
 * @param codeVersion what wrote the folder
 * @param files all others in the folder, by their path in it
 */
public record RunManifest(
    int schemaVersion,
    Kind kind,
    RunHistory run,
    String codeVersion,
    SortedMap<String, PublishedFile> files) {
  /** The newest layout that this version writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  /** What a folder holds. */
  public enum Kind {
    /** A run as it ended, with its results. */
    @JsonProperty("run")
    RUN,
    /** A run's network as plain weights and masks. */
    @JsonProperty("export")
    EXPORT,
    /** Rows of results of a run that was evaluated again. */
    @JsonProperty("evaluation")
    EVALUATION
  }

  public RunManifest {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(run, "run");
    Require.text(codeVersion, "code version");
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * The manifest of what lies in a folder that is being published.
   *
   * @throws IOException if a file cannot be read back
   */
  public static RunManifest of(
      Kind kind, RunHistory run, String codeVersion, Path folder, Configuration hadoop)
      throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    Path root = files.makeQualified(folder);
    TreeMap<String, PublishedFile> listed = new TreeMap<>();
    for (RemoteIterator<LocatedFileStatus> found = files.listFiles(root, true); found.hasNext(); ) {
      Path file = found.next().getPath();
      if (!Publication.isMarkOfUnfinished(file)) {
        String name = root.toUri().relativize(file.toUri()).getPath();
        listed.put(name, PublishedFile.at(file, files));
      }
    }
    return new RunManifest(SCHEMA_VERSION, kind, run, codeVersion, listed);
  }

  /** The text of {@value Publication#MANIFEST}. */
  public String json() {
    return RunJson.text(this);
  }

  /**
   * The manifest that {@code json} describes; nothing if that is another kind of manifest, such as
   * a dataset's.
   *
   * @throws IllegalArgumentException with a reason fit to follow a colon
   */
  static Optional<RunManifest> parse(String json) {
    JsonNode tree = RunJson.tree(json);
    JsonNode version = tree.path("schemaVersion");
    if (!version.isInt() || !tree.has("kind") || !tree.has("run")) {
      return Optional.empty();
    }
    if (version.intValue() != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "it has schema version %d and this version of Espalier reads %d"
              .formatted(version.intValue(), SCHEMA_VERSION));
    }
    return Optional.of(RunJson.parse(tree, RunManifest.class));
  }
}
