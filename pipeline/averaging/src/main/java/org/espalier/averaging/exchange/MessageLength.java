package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;

/** A length that a message states of what follows in it, checked before memory is taken for it. */
public final class MessageLength {
  private MessageLength() {}

  /**
   * Reads a number of items.
   *
   * @param bytesEach bytes of an item at least
   * @throws IllegalArgumentException if that many cannot follow
   */
  public static int read(ByteBuffer in, int bytesEach) {
    return require(in.getInt(), bytesEach, in);
  }

  /**
   * Checks a number of items that are read next.
   *
   * @throws IllegalArgumentException if that many cannot follow
   */
  public static int require(int items, int bytesEach, ByteBuffer in) {
    if (items < 0 || (long) items * bytesEach > in.remaining()) {
      throw new IllegalArgumentException(
          "Cannot read a message: it speaks of %d items of %d bytes and more, and %d bytes are left of it"
              .formatted(items, bytesEach, in.remaining()));
    }
    return items;
  }
}
