package org.espalier.averaging.parts;

import java.util.List;
import org.espalier.engine.optimiser.ShardOptimiser.Range;

/**
 * A file with some of the values of a flat vector.
 *
 * @param file its name in its folder
 * @param ranges of the vector whose values it holds, one after the other, little-endian float32
 * @param sha256 of its bytes, in hex
 */
public record VectorPart(String file, List<Range> ranges, String sha256) {
  /** Copies the list. */
  public VectorPart {
    ranges = List.copyOf(ranges);
  }

  /** Number of bytes of the file. */
  public long bytes() {
    return ranges.stream().mapToLong(Range::length).sum() * Float.BYTES;
  }
}
