package org.espalier.jobs.translation;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** A file of lines in UTF-8 that replaces none. */
final class NewTextFile {
  private NewTextFile() {}

  /**
   * Checks that there is none of that name yet, and a folder to write it into.
   *
   * @throws Refusal if there is one, or no folder
   */
  static void requireAbsent(Path file) {
    if (Files.exists(file)) {
      throw exists(file, null);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new Refusal(
          "Cannot write %s: there is no folder %s; make it, or name another file."
              .formatted(file, folder));
    }
  }

  /**
   * Writes lines, each ended by {@code \n}.
   *
   * @throws Refusal if there is such a file already, or it cannot be written
   */
  static void write(Path file, List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw exists(file, e);
    } catch (IOException e) {
      throw new Refusal("Cannot write %s: %s; name another file.".formatted(file, Reason.of(e)), e);
    }
  }

  private static Refusal exists(Path file, IOException e) {
    return new Refusal(
        "Cannot write %s: it exists; remove it or name another file.".formatted(file), e);
  }
}
