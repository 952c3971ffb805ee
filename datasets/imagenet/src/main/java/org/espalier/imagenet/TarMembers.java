package org.espalier.imagenet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;

/** The files in a tar, of which only the headers are read. */
final class TarMembers implements Iterator<TarMember>, AutoCloseable {
  private static final long BLOCK = 512;

  private final TarPart part;
  private final RangeStream range;
  private final TarArchiveInputStream tar;
  private TarMember next;
  private long endOfLast;

  TarMembers(TarPart part, Configuration hadoop) throws IOException {
    this.part = part;
    this.endOfLast = part.from();
    Path path = new Path(part.location());
    FSDataInputStream file = path.getFileSystem(hadoop).open(path);
    range = new RangeStream(file, part.from(), part.to());
    tar = new TarArchiveInputStream(range, "UTF-8");
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null) {
        TarArchiveEntry entry = tar.getNextTarEntry();
        if (entry == null) {
          requireEnd();
          return false;
        }
        if (entry.isFile()) {
          next = member(entry);
        }
      }
      return true;
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          "Cannot list %s: it is damaged at byte %d of its %d: %s; copy the archive again."
              .formatted(
                  part.name(),
                  range.position() - part.from(),
                  part.to() - part.from(),
                  Reason.of(e)),
          e);
    }
  }

  @Override
  public TarMember next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    TarMember member = next;
    next = null;
    return member;
  }

  @Override
  public void close() {
    try {
      tar.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TarMember member(TarArchiveEntry entry) {
    long offset = range.position();
    if (entry.isSparse() || offset + entry.getSize() > part.to()) {
      throw new Refusal(
          "Cannot list %s: its member '%s' has %d bytes and the archive ends after %d of them; copy the archive again."
              .formatted(part.name(), entry.getName(), entry.getSize(), part.to() - offset));
    }
    endOfLast = offset + entry.getSize();
    return new TarMember(entry.getName(), offset, entry.getSize());
  }

  /** An archive that was cut before a member has no block of zeros at its end. */
  private void requireEnd() {
    long blocks = (endOfLast - part.from() + BLOCK - 1) / BLOCK;
    if ((blocks + 1) * BLOCK > part.to() - part.from()) {
      throw new Refusal(
          "Cannot list %s: it has %d bytes and no end of an archive; copy the archive again."
              .formatted(part.name(), part.to() - part.from()));
    }
  }
}
