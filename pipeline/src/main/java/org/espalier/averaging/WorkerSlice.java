package org.espalier.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * One worker's part of the vector, on its way to where it is summed.
 *
 * @param report of the worker; its examples are the weight of these values
 * @param values little-endian float32
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
@SuppressWarnings("ArrayRecordComponent") // Travels, is never compared.
record WorkerSlice(WorkerReport report, byte[] values) implements Serializable {
  private static final long serialVersionUID = 1L;
}
