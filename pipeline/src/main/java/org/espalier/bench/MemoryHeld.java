package org.espalier.bench;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What a process holds, in bytes.
 *
 * @param heap live objects
 * @param offHeap native arrays and direct buffers
 * @param resident all memory that the system has given it, 0 where that is not known
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
public record MemoryHeld(long heap, long offHeap, long resident) implements Serializable {
  private static final long serialVersionUID = 1L;
}
