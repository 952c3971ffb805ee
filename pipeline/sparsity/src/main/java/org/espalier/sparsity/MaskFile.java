package org.espalier.sparsity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;

/**
 * Masks as bytes, for files and for the wire: one bit per weight and a few bytes per tensor.
 *
 * <p>Layout, integers little-endian: {@code ESPLMASK}; format version (4 bytes); number of tensors
 * (4); then for every tensor in the order of names the length of its UTF-8 name (4), the name, the
 * number of weights (4) and the packed words (8 each); at the end the SHA-256 of everything between
 * the number of tensors and itself, which is {@link MaskSet#sha256}.
 */
public final class MaskFile {
  private static final byte[] MAGIC = "ESPLMASK".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = MAGIC.length + 2 * Integer.BYTES;
  private static final int DIGEST_BYTES = 32;

  private MaskFile() {}

  /** The bytes of {@code masks}. */
  public static byte[] encode(MaskSet masks) {
    long size = (long) HEADER_BYTES + DIGEST_BYTES;
    for (Map.Entry<String, Mask> entry : masks.byName().entrySet()) {
      size += encodedSize(entry.getKey(), entry.getValue());
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putInt(VERSION).putInt(masks.byName().size());
    masks.byName().forEach((name, mask) -> put(bytes, name, mask));
    return bytes.put(masks.digest()).array();
  }

  /**
   * The masks in {@code bytes}.
   *
   * @param origin what to call the bytes in a message, for example a path
   * @throws Refusal if they are not masks, damaged, truncated or of a newer format
   */
  public static MaskSet decode(byte[] bytes, String origin) {
    if (bytes.length < MAGIC.length
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new Refusal(
          "Cannot read masks from "
              + origin
              + ": it does not start like a mask file; check the path.");
    }
    if (bytes.length < HEADER_BYTES + DIGEST_BYTES) {
      throw damaged(origin, "it ends after " + bytes.length + " bytes");
    }
    ByteBuffer body =
        ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - DIGEST_BYTES - MAGIC.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    int version = body.getInt();
    if (version != VERSION) {
      throw new Refusal(
          "Cannot read masks from "
              + origin
              + ": it has format version "
              + version
              + " and this program reads version "
              + VERSION
              + "; use the program that wrote it or a newer one.");
    }
    MaskSet masks = MaskSet.of(masksIn(body, origin));
    byte[] digest = Arrays.copyOfRange(bytes, bytes.length - DIGEST_BYTES, bytes.length);
    if (!Arrays.equals(masks.digest(), digest)) {
      throw damaged(origin, "its checksum does not match its content");
    }
    return masks;
  }

  /** Writes {@link #encode the bytes of} {@code masks}; the stream stays open. */
  public static void write(MaskSet masks, OutputStream out) throws IOException {
    out.write(encode(masks));
  }

  /** Reads a stream to its end and {@link #decode decodes} it; the stream stays open. */
  public static MaskSet read(InputStream in, String origin) throws IOException {
    return decode(in.readAllBytes(), origin);
  }

  /** SHA-256 over the tensors' part of the file. */
  static byte[] digest(SortedMap<String, Mask> masks) {
    MessageDigest sha256 = Sha256.digest();
    masks.forEach(
        (name, mask) -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(Math.toIntExact(encodedSize(name, mask)))
                  .order(ByteOrder.LITTLE_ENDIAN);
          put(bytes, name, mask);
          sha256.update(bytes.array());
        });
    return sha256.digest();
  }

  private static SortedMap<String, Mask> masksIn(ByteBuffer body, String origin) {
    SortedMap<String, Mask> masks = new TreeMap<>();
    int tensors = need(body, Integer.BYTES, origin).getInt();
    String previous = "";
    for (int t = 0; t < tensors; t++) {
      int nameBytes = need(body, Integer.BYTES, origin).getInt();
      byte[] encodedName = new byte[requireWithin(body, nameBytes, origin)];
      body.get(encodedName);
      String name = new String(encodedName, StandardCharsets.UTF_8);
      int length = need(body, Integer.BYTES, origin).getInt();
      if (length < 1 || (t > 0 && name.compareTo(previous) <= 0)) {
        throw damaged(origin, "its " + (t + 1) + ". tensor is impossible");
      }
      need(body, (long) Mask.wordCount(length) * Long.BYTES, origin);
      long[] words = new long[Mask.wordCount(length)];
      body.asLongBuffer().get(words);
      body.position(body.position() + words.length * Long.BYTES);
      if ((words[words.length - 1] & ~Mask.lastWord(length)) != 0) {
        throw damaged(origin, "the mask of " + name + " goes beyond its length");
      }
      masks.put(name, new Mask(words, length));
      previous = name;
    }
    if (tensors < 0 || body.hasRemaining()) {
      throw damaged(origin, "it does not hold the " + tensors + " tensors that it announces");
    }
    return masks;
  }

  private static int requireWithin(ByteBuffer body, int size, String origin) {
    if (size < 0) {
      throw damaged(origin, "a tensor's name has " + size + " bytes");
    }
    need(body, size, origin);
    return size;
  }

  private static ByteBuffer need(ByteBuffer body, long size, String origin) {
    if (body.remaining() < size) {
      throw damaged(origin, "it ends in the middle of a tensor");
    }
    return body;
  }

  private static Refusal damaged(String origin, String how) {
    return new Refusal(
        "Cannot read masks from "
            + origin
            + ": it is damaged or incomplete, "
            + how
            + "; take another copy.");
  }

  private static long encodedSize(String name, Mask mask) {
    return 2L * Integer.BYTES
        + name.getBytes(StandardCharsets.UTF_8).length
        + (long) mask.wordCount() * Long.BYTES;
  }

  private static void put(ByteBuffer bytes, String name, Mask mask) {
    byte[] encodedName = name.getBytes(StandardCharsets.UTF_8);
    bytes.putInt(encodedName.length).put(encodedName).putInt(mask.length());
    for (int w = 0; w < mask.wordCount(); w++) {
      bytes.putLong(mask.word(w));
    }
  }
}
