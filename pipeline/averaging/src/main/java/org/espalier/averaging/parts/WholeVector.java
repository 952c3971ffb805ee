package org.espalier.averaging.parts;

import java.io.IOException;
import java.util.List;
import org.espalier.engine.optimiser.ShardOptimiser.Range;
import org.espalier.engine.replica.FlatVector;

/**
 * A vector that this process has: one part.
 *
 * @param vector all values
 */
public record WholeVector(FlatVector vector) implements HeldVector {
  @Override
  public int length() {
    return vector.length();
  }

  @Override
  public List<VectorPart> write(PartsFolder folder) throws IOException {
    return List.of(folder.write(List.of(new Range(0, length())), vector.bytes()));
  }

  @Override
  public void close() {}
}
