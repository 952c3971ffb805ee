package org.espalier.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
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
 * The manifest of a run, an export, an evaluation or its details, which makes its folder a finished
 * one.
 *
 * @param schemaVersion at present {@value #SCHEMA_VERSION}; {@value #WITHOUT_LEFT_OUT} is read too
 * @param kind what the folder holds
 * @param run the run, or the one that was exported or evaluated
 * @param codeVersion what wrote the folder
 * @param leftOut names of the tensors whose masked weights the products of a run's last round left
 *     out, sorted; none in other folders and in schema version {@value #WITHOUT_LEFT_OUT}
 * @param files all others in the folder, by their path in it
 */
public record RunManifest(
    int schemaVersion,
    Kind kind,
    RunHistory run,
    String codeVersion,
    List<String> leftOut,
    SortedMap<String, PublishedFile> files) {
  /** The newest layout that this version writes and reads. */
  public static final int SCHEMA_VERSION = 2;

  private static final int WITHOUT_LEFT_OUT = 1;
  private static final String LEFT_OUT = "leftOut";

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
    EVALUATION,
    /** What a run's network makes of single rows and classes. */
    @JsonProperty("details")
    DETAILS
  }

  public RunManifest {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(run, "run");
    Require.text(codeVersion, "code version");
    leftOut = List.copyOf(leftOut);
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
    return new RunManifest(SCHEMA_VERSION, kind, run, codeVersion, List.of(), listed);
  }

  /** The same of a run whose last round left out the masked weights of these tensors. */
  public RunManifest leavingOut(List<String> tensors) {
    return new RunManifest(schemaVersion, kind, run, codeVersion, tensors, files);
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
    if (version.intValue() == WITHOUT_LEFT_OUT) {
      ((ObjectNode) tree).putArray(LEFT_OUT);
    } else if (version.intValue() != SCHEMA_VERSION) {
      throw new IllegalArgumentException(
          "it has schema version %d and this version of Espalier reads %d and %d"
              .formatted(version.intValue(), WITHOUT_LEFT_OUT, SCHEMA_VERSION));
    }
    return Optional.of(RunJson.parse(tree, RunManifest.class));
  }
}
