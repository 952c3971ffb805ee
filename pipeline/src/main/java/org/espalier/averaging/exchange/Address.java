package org.espalier.averaging.exchange;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Where a process takes slices.
 *
 * @param executor id of the Spark executor
 * @param host that its server listens on
 * @param port that its server listens on
 * @param process drawn at random when the process started
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record Address(String executor, String host, int port, long process)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
