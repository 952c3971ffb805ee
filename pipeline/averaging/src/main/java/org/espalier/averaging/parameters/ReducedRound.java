package org.espalier.averaging.parameters;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.MessageLength;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardLayout;

/**
 * A round whose shards are reduced.
 *
 * @param key the try that succeeded
 * @param layout its shards
 * @param owners of shard s: {@code s mod size}
 */
public record ReducedRound(RoundKey key, ShardLayout layout, List<ExecutorAddress> owners)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  ExecutorAddress owner(int shard) {
    return owners.get(shard % owners.size());
  }

  /** Length of the encoded form. */
  int bytes() {
    return RoundKey.BYTES
        + layout.bytes()
        + Integer.BYTES
        + owners.stream().mapToInt(ExecutorAddress::bytes).sum();
  }

  void write(ByteBuffer out) {
    key.write(out);
    layout.write(out);
    out.putInt(owners.size());
    owners.forEach(owner -> owner.write(out));
  }

  static ReducedRound read(ByteBuffer in) {
    RoundKey key = RoundKey.read(in);
    ShardLayout layout = ShardLayout.read(in);
    int count = MessageLength.read(in, ExecutorAddress.BYTES);
    return new ReducedRound(
        key, layout, IntStream.range(0, count).mapToObj(i -> ExecutorAddress.read(in)).toList());
  }
}
