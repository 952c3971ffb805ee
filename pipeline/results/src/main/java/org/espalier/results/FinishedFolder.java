package org.espalier.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.storage.Publication;

/**
 * The folder of a finished run or of an export: its manifest, and its files, each compared with the
 * manifest when it is read.
 */
public final class FinishedFolder {
  private final Path path;
  private final FileSystem files;
  private final RunManifest manifest;

  private FinishedFolder(Path path, FileSystem files, RunManifest manifest) {
    this.path = path;
    this.files = files;
    this.manifest = manifest;
  }

  /**
   * The folder at {@code path}.
   *
   * @throws Refusal if there is none, its manifest is missing or not that of a run or an export, or
   *     it is damaged
   */
  public static FinishedFolder open(Path path, Configuration hadoop) {
    return find(path, hadoop).orElseThrow(() -> unfinished(path, hadoop));
  }

  /**
   * The folder at {@code path}; nothing if there is no manifest of a run or an export in it.
   *
   * @throws Refusal if the manifest cannot be read, or is damaged
   */
  public static Optional<FinishedFolder> find(Path path, Configuration hadoop) {
    Path file = new Path(path, Publication.MANIFEST);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      return RunManifest.parse(new String(all(files, file), StandardCharsets.UTF_8))
          .map(manifest -> new FinishedFolder(path, files, manifest));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          "Cannot use the manifest %s: %s; name the folder of a finished run or of an export."
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  /** Where it lies, as it was named. */
  public Path path() {
    return path;
  }

  /** What it holds. */
  public RunManifest manifest() {
    return manifest;
  }

  /**
   * The content of a file.
   *
   * @param name its path in the folder
   * @throws Refusal if the folder holds none of that name, or another than its manifest says
   */
  public byte[] bytes(String name) {
    PublishedFile published = manifest.files().get(name);
    if (published == null) {
      throw new Refusal(
          "Cannot read %s from %s: its manifest lists no such file; name a run that has one."
              .formatted(name, path));
    }
    Path file = new Path(path, name);
    try {
      byte[] bytes = all(files, file);
      String found = Sha256.of(bytes);
      if (!found.equals(published.sha256())) {
        throw new Refusal(
            "Cannot read %s: its SHA-256 is %s and %s says %s; take another copy."
                .formatted(file, found, Publication.MANIFEST, published.sha256()));
      }
      return bytes;
    } catch (FileNotFoundException e) {
      throw new Refusal(
          "Cannot read %s: it is missing; take another copy of the folder.".formatted(file), e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The content of a text file, likewise. */
  public String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] all(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  private static Refusal unfinished(Path path, Configuration hadoop) {
    try {
      if (!path.getFileSystem(hadoop).exists(path)) {
        return new Refusal(
            "Cannot read %s: there is no such folder; name that of a finished run or of an export."
                .formatted(path));
      }
      String reason =
          Publication.isFinished(path, hadoop)
              ? "its %s is not that of a run or an export"
              : "it has no %s, so it was not finished, or was written by a version before manifests";
      return new Refusal(
          "Cannot read %s: %s; name the folder of a finished run or of an export."
              .formatted(path, reason.formatted(Publication.MANIFEST)));
    } catch (IOException e) {
      return unreadable(path, e);
    }
  }

  private static Refusal unreadable(Path path, IOException e) {
    return new Refusal(
        "Cannot read %s: %s; make it readable for this user or try again."
            .formatted(path, Reason.of(e)),
        e);
  }
}
