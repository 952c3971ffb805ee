package org.espalier.averaging.exchange;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A round whose slices have landed.
 *
 * @param key the try that succeeded
 * @param layout its slices
 * @param landings slice s landed at landing {@code s mod size}
 */
public record LandedRound(RoundKey key, SliceLayout layout, List<Address> landings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Length of the encoded form. */
  int bytes() {
    return RoundKey.BYTES
        + layout.bytes()
        + Integer.BYTES
        + landings.stream().mapToInt(Address::bytes).sum();
  }

  void write(ByteBuffer out) {
    key.write(out);
    layout.write(out);
    out.putInt(landings.size());
    landings.forEach(landing -> landing.write(out));
  }

  static LandedRound read(ByteBuffer in) {
    RoundKey key = RoundKey.read(in);
    SliceLayout layout = SliceLayout.read(in);
    int count = in.getInt();
    return new LandedRound(
        key, layout, IntStream.range(0, count).mapToObj(i -> Address.read(in)).toList());
  }
}
