package org.espalier.datasets.rows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The type of a column's values. All but {@link #INT} vary in length and are kept as bytes. */
public enum ColumnType {
  /** Any bytes, {@code byte[]} in a {@link Row}. */
  BYTES(byte[].class) {
    @Override
    ByteBuffer encode(Object value) {
      return ByteBuffer.wrap((byte[]) value);
    }
  },
  /** One int32, {@code Integer} in a {@link Row}. */
  INT(Integer.class) {
    @Override
    ByteBuffer encode(Object value) {
      throw new IllegalStateException("An int is no bytes");
    }
  },
  /** A list of int32, {@code int[]} in a {@link Row}, kept little-endian. */
  INTS(int[].class) {
    @Override
    ByteBuffer encode(Object value) {
      int[] list = (int[]) value;
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(list.length, Integer.BYTES));
      bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(list);
      return bytes;
    }

    @Override
    void check(ByteBuffer encoded) {
      if (encoded.remaining() % Integer.BYTES != 0) {
        throw new IllegalArgumentException(
            "it has a list of " + encoded.remaining() + " bytes, which is no number of int32");
      }
    }
  },
  /** A string, {@code String} in a {@link Row}, kept in UTF-8. */
  TEXT(String.class) {
    @Override
    ByteBuffer encode(Object value) {
      return StandardCharsets.UTF_8.encode((String) value);
    }
  };

  private final Class<?> values;

  ColumnType(Class<?> values) {
    this.values = values;
  }

  /** The name that manifests use, such as {@code bytes}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean takes(Object value) {
    return values.isInstance(value);
  }

  /** The bytes of a value of this type. */
  abstract ByteBuffer encode(Object value);

  /** Checks bytes that were not encoded here. */
  void check(ByteBuffer encoded) {}
}
