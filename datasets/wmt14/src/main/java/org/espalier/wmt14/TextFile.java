package org.espalier.wmt14;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.datasets.source.RawFiles;
import org.espalier.text.lines.LineReader;

/**
 * A file of sentences in UTF-8.
 *
 * @param location fully qualified
 * @param bytes its length
 */
record TextFile(String location, long bytes, Form form) implements Serializable {

  /** How sentences lie in a file. */
  enum Form {
    /** A sentence per line, which can be entered anywhere. */
    PLAIN("line"),
    /** The same under gzip, which is read from the beginning. */
    GZIP("line"),
    /** Segments of SGML, plain or under gzip, read as a whole. */
    SGM("segment");

    private final String unit;

    Form(String unit) {
      this.unit = unit;
    }

    /** What a sentence is called in its file. */
    String unit() {
      return unit;
    }
  }

  /**
   * Looks at a file. One whose name ends in {@code .sgm} or {@code .sgm.gz} holds segments; gzip is
   * told by the first bytes.
   *
   * @throws Refusal if it is missing, no file, empty, or cannot be read
   */
  static TextFile of(String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new Refusal(
            "Cannot read %s: it is a folder; name a file of sentences.".formatted(uri));
      }
      if (status.getLen() == 0) {
        throw new Refusal(
            "Cannot read %s: it is empty; name a file with a sentence per line.".formatted(uri));
      }
      return new TextFile(status.getPath().toString(), status.getLen(), form(path, files));
    } catch (FileNotFoundException e) {
      throw new Refusal("Cannot read %s: there is no such file; check the path.".formatted(uri), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal("Cannot read %s: %s; check the path.".formatted(uri, Reason.of(e)), e);
    }
  }

  /** The sentences from the beginning. */
  LineReader open(Configuration hadoop) throws IOException {
    InputStream in = RawFiles.open(new Path(location), hadoop);
    return new LineReader(form == Form.SGM ? SgmSegments.lines(in) : in);
  }

  /** The sentences from a byte on, which begins one; for {@link Form#PLAIN} alone. */
  LineReader openAt(long offset, Configuration hadoop) throws IOException {
    Path path = new Path(location);
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    try {
      in.seek(offset);
      return new LineReader(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** A sentence as people find it: {@code line 7 of file:/a/train.de}. */
  String place(long number) {
    return "%s %d of %s".formatted(form.unit(), number, location);
  }

  private static Form form(Path path, FileSystem files) throws IOException {
    String name = path.getName().toLowerCase(Locale.ROOT);
    if (name.endsWith(".sgm") || name.endsWith(".sgm.gz")) {
      return Form.SGM;
    }
    try (InputStream in = files.open(path)) {
      return in.read() == 0x1f && in.read() == 0x8b ? Form.GZIP : Form.PLAIN;
    }
  }
}
