package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import org.espalier.engine.operations.HostVector;

/**
 * Parameters that no mask is held for.
 *
 * @param offset of the first in the network's parameters
 */
record UnmaskedRange(int offset, int count, HostVector parameters, NetworkGradient gradient)
    implements KeptRange {
  @Override
  public void write(FloatBuffer source) {
    parameters.write(offset, source.slice(source.position(), count));
  }

  @Override
  public void readGradient(int skipped, float[] target, int to, int size, int minibatch) {
    gradient.read(offset + skipped, target, to, size, minibatch);
  }
}
