package org.espalier.averaging.exchange;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * The address at which a process takes shards.
 *
 * @param executor id of the Spark executor
 * @param host that its server listens on
 * @param port that its server listens on
 * @param process drawn at random when the process started
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record ExecutorAddress(String executor, String host, int port, long process)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Those of a host next to each other, in the order of their ids. */
  public static final Comparator<ExecutorAddress> BY_HOST =
      Comparator.comparing(ExecutorAddress::host)
          .thenComparing(address -> address.executor().length())
          .thenComparing(ExecutorAddress::executor);

  /** Length of the encoded form without its texts. */
  public static final int BYTES = 3 * Integer.BYTES + Long.BYTES;

  /** Length of the encoded form. */
  public int bytes() {
    return BYTES + utf8(executor).length + utf8(host).length;
  }

  /** Writes this in {@link #bytes()} bytes. */
  public void write(ByteBuffer out) {
    writeText(executor, out);
    writeText(host, out);
    out.putInt(port).putLong(process);
  }

  /** The address that a message goes on with, the opposite of {@link #write}. */
  public static ExecutorAddress read(ByteBuffer in) {
    return new ExecutorAddress(readText(in), readText(in), in.getInt(), in.getLong());
  }

  private static void writeText(String text, ByteBuffer out) {
    byte[] bytes = utf8(text);
    out.putInt(bytes.length).put(bytes);
  }

  private static String readText(ByteBuffer in) {
    byte[] bytes = new byte[MessageLength.read(in, 1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
