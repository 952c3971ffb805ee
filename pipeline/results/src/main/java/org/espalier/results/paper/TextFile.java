package org.espalier.results.paper;

import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.espalier.storage.WholeFile;

/** A text as a file in UTF-8, which takes the place of an older one. */
final class TextFile {
  private TextFile() {}

  /** Writes it; returns the file's full path. */
  static Path write(Path file, String text, Configuration hadoop) {
    return WholeFile.replacing(file, hadoop)
        .write(
            (files, unfinished) -> {
              try (FSDataOutputStream out = files.create(unfinished, true)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
              }
            });
  }
}
