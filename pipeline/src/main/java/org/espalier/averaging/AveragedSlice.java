package org.espalier.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * One part of the averaged vector, on its way to the driver.
 *
 * @param slice position of the part
 * @param values little-endian float32
 * @param reports those of all workers, in worker order
 */
@DefaultSerializer(JavaSerializer.class) // Kryo itself cannot read records.
@SuppressWarnings("ArrayRecordComponent") // Travels, is never compared.
record AveragedSlice(int slice, byte[] values, List<WorkerReport> reports) implements Serializable {
  private static final long serialVersionUID = 1L;
}
