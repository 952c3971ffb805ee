package org.espalier.base;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
  private Sha256() {}

  /** A digest that nothing has been added to. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform must offer SHA-256", e);
    }
  }

  /** The hash of {@code bytes} as 64 lower-case hexadecimal digits. */
  public static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** The hash of all that {@code in} still has to give. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return hex(digest.digest());
  }

  /** Bytes as lower-case hexadecimal digits. */
  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
