package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.espalier.engine.optimiser.ShardOptimiser;
import org.espalier.engine.optimiser.ShardOptimiser.Range;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.FlatVector;

/**
 * Parameters and optimiser state of a shard between two stretches, which its owner and a neighbour
 * keep so that a stretch can be run again, and others can become its owner.
 *
 * @param step number of steps that led to it
 * @param start first parameter
 * @param length number of parameters
 * @param values as {@link ShardOptimiser#read} gives them, little-endian, behind {@link #HEADER}
 *     bytes of room
 */
public record ShardState(long step, int start, int length, ByteBuffer values) {
  /** Room for what is said of the values when they are sent. */
  static final int HEADER = 1 + 2 * Long.BYTES + 2 * Integer.BYTES;

  static ShardState of(long step, int start, ShardOptimiser optimiser, ByteBuffer memory) {
    optimiser.read(FlatVector.floats(memory.slice(HEADER, memory.capacity() - HEADER)));
    return new ShardState(step, start, optimiser.length(), memory);
  }

  /** Bytes of memory that the state of a shard takes. */
  static int bytes(ShardOptimiser optimiser) {
    int values = optimiser.ranges().stream().mapToInt(Range::length).sum();
    return HEADER + Math.multiplyExact(values, Float.BYTES);
  }

  /** The values, to be read only. */
  public ByteBuffer bytes() {
    return values.slice(HEADER, values.capacity() - HEADER);
  }

  /** Whether it is of the same shard after the same step. */
  boolean isSameAs(ShardState other) {
    return step == other.step && start == other.start && length == other.length;
  }

  /** Parameters and state of some of the parameters, as {@link ShardOptimiser#read} gives them. */
  public ByteBuffer part(UpdatePlan plan, int from, int count) {
    List<Range> parts = ShardOptimiser.ranges(plan, from, count);
    int total = parts.stream().mapToInt(Range::length).sum();
    ByteBuffer part = ByteBuffer.allocate(Math.multiplyExact(total, Float.BYTES));
    FloatBuffer target = FlatVector.floats(part.duplicate());
    FloatBuffer all = FlatVector.floats(values.slice(HEADER, values.capacity() - HEADER));
    for (Range wanted : parts) {
      int at = 0;
      for (Range range : ShardOptimiser.ranges(plan, start, length)) {
        if (range.contains(wanted)) {
          target.put(all.slice(at + wanted.start() - range.start(), wanted.length()));
        }
        at += range.length();
      }
    }
    return part;
  }
}
