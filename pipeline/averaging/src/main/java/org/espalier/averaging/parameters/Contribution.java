package org.espalier.averaging.parameters;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.espalier.engine.replica.FlatVector;

/**
 * What one worker hands in of one shard.
 *
 * @param header whose, and of what
 * @param values those that travel; none if there were no examples
 */
record Contribution(ContributionHeader header, FloatBuffer values) {
  /** Reads a header and, to the end, values; these are a view of {@code in}. */
  static Contribution read(ByteBuffer in) {
    ContributionHeader header = ContributionHeader.read(in);
    return new Contribution(header, FlatVector.floats(in.slice()));
  }

  /** The same with values that nobody else will overwrite. */
  Contribution kept() {
    return new Contribution(header.kept(), copy(values));
  }

  static FloatBuffer copy(FloatBuffer values) {
    float[] copy = new float[values.remaining()];
    values.duplicate().get(copy);
    return FloatBuffer.wrap(copy);
  }
}
