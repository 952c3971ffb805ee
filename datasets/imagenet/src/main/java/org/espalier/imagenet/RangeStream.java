package org.espalier.imagenet;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/** The bytes of a range of a file; skipping costs no reading. */
final class RangeStream extends InputStream {
  private final FSDataInputStream file;
  private final long to;
  private long at;

  RangeStream(FSDataInputStream file, long from, long to) throws IOException {
    this.file = file;
    this.to = to;
    this.at = from;
    file.seek(from);
  }

  /** The place of the next byte in the file. */
  long position() {
    return at;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (at >= to) {
      return -1;
    }
    int read = file.read(into, from, (int) Math.min(length, to - at));
    at += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = Math.max(0, Math.min(bytes, to - at));
    at += skipped;
    file.seek(at);
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, to - at);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
