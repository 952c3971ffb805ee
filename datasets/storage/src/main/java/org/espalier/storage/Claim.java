package org.espalier.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file by which a {@link Publication} holds its folder until it is finished. Two lines: who
 * writes the folder since when, and a random identifier.
 *
 * @param files where the folder lies
 * @param file the claim itself
 * @param text its content
 */
record Claim(FileSystem files, Path file, String text) {
  private static final String NAME = "_unfinished";

  /** A claim of this process on a folder, not yet made. */
  static Claim on(Path folder, FileSystem files) {
    return new Claim(
        files,
        new Path(folder, NAME),
        "begun %s on %s, process %d\n%s\n"
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                host(),
                ProcessHandle.current().pid(),
                UUID.randomUUID()));
  }

  /** Who writes the folder; nothing if nobody claims it. */
  static Optional<String> holder(Path folder, FileSystem files) throws IOException {
    return read(new Path(folder, NAME), files).map(text -> text.lines().findFirst().orElse(""));
  }

  /** Whether a file is a claim. */
  static boolean isClaim(Path file) {
    return file.getName().equals(NAME);
  }

  /** Makes the claim; false if there is one already. */
  boolean make() throws IOException {
    return NewFile.create(files, file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the folder is still held by this claim, and not removed or claimed anew since. */
  boolean isHeld() throws IOException {
    return read(file, files).filter(text::equals).isPresent();
  }

  void release() throws IOException {
    files.delete(file, false);
  }

  private static Optional<String> read(Path file, FileSystem files) throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unknown host";
    }
  }
}
