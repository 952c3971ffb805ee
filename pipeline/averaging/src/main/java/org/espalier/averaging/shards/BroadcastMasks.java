package org.espalier.averaging.shards;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.espalier.sparsity.MaskFile;
import org.espalier.sparsity.MaskSet;

/** Masks on their way to the executors: packed bits with a checksum, unpacked once in a process. */
@DefaultSerializer(JavaSerializer.class) // Kryo would pass over the unpacking.
public final class BroadcastMasks implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] packed;
  private transient MaskSet masks;

  private BroadcastMasks(byte[] packed) {
    this.packed = packed;
  }

  /** These masks, packed. */
  public static BroadcastMasks of(MaskSet masks) {
    return new BroadcastMasks(MaskFile.encode(masks));
  }

  /** The masks. */
  public synchronized MaskSet masks() {
    if (masks == null) {
      masks = MaskFile.decode(packed, "the masks of the round");
    }
    return masks;
  }

  /** Number of bytes on their way. */
  public int bytes() {
    return packed.length;
  }
}
