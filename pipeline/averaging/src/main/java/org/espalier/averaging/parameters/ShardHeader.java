package org.espalier.averaging.parameters;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.averaging.exchange.MessageLength;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.RunningMoments;

/**
 * The header of a shard, the same for all workers and sent once, by worker 0.
 *
 * @param bits which values travel
 * @param moments the running moments in the shard, counted from its start
 * @param others the values that do not travel; absent if they are what the round began with
 */
record ShardHeader(ShardBits bits, List<RunningMoments> moments, Optional<FloatBuffer> others) {
  static final int MOMENTS = 3 * Integer.BYTES + 1;

  int bytes() {
    return bits.bytes()
        + Integer.BYTES
        + moments.size() * MOMENTS
        + 1
        + others.map(values -> values.remaining() * Float.BYTES).orElse(0);
  }

  void write(ByteBuffer out) {
    bits.write(out);
    out.putInt(moments.size());
    for (RunningMoments each : moments) {
      out.putInt(each.mean()).putInt(each.spread()).putInt(each.channels());
      out.put(each.form().code());
    }
    out.put((byte) (others.isPresent() ? 1 : 0));
    others.ifPresent(
        values -> {
          FlatVector.floats(out.slice()).put(values.duplicate());
          out.position(out.position() + values.remaining() * Float.BYTES);
        });
  }

  static ShardHeader read(ByteBuffer in, int size) {
    ShardBits bits = ShardBits.read(in, size);
    int count = MessageLength.read(in, MOMENTS);
    List<RunningMoments> moments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      moments.add(
          new RunningMoments(
              in.getInt(), in.getInt(), in.getInt(), RunningMoments.Form.ofCode(in.get())));
    }
    if (in.get() == 0) {
      return new ShardHeader(bits, moments, Optional.empty());
    }
    int bytes = (bits.size() - bits.set()) * Float.BYTES;
    FloatBuffer others = FlatVector.floats(in.slice(in.position(), bytes));
    in.position(in.position() + bytes);
    return new ShardHeader(bits, moments, Optional.of(others));
  }

  /** The same with values that nobody else will overwrite. */
  ShardHeader kept() {
    return new ShardHeader(bits, moments, others.map(Contribution::copy));
  }
}
