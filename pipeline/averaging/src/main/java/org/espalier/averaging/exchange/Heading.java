package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What comes before the values that one worker hands in of one slice.
 *
 * @param key the try at the round that they belong to
 * @param slice position of the slice
 * @param size number of values in the slice
 * @param workers number of workers W
 * @param worker this one, 0 ... W - 1
 * @param examples that the worker trained on, the weight of its values
 * @param lead what worker 0, and no other, adds
 */
record Heading(
    RoundKey key,
    int slice,
    int size,
    int workers,
    int worker,
    long examples,
    Optional<Lead> lead) {
  private static final int FIXED = RoundKey.BYTES + 4 * Integer.BYTES + Long.BYTES + 1;

  /** Length of the encoded form. */
  int bytes() {
    return FIXED + lead.map(Lead::bytes).orElse(0);
  }

  void write(ByteBuffer out) {
    key.write(out);
    out.putInt(slice).putInt(size).putInt(workers).putInt(worker).putLong(examples);
    out.put((byte) (lead.isPresent() ? 1 : 0));
    lead.ifPresent(said -> said.write(out));
  }

  static Heading read(ByteBuffer in) {
    RoundKey key = RoundKey.read(in);
    int slice = in.getInt();
    int size = in.getInt();
    int workers = in.getInt();
    int worker = in.getInt();
    long examples = in.getLong();
    Optional<Lead> lead = in.get() == 0 ? Optional.empty() : Optional.of(Lead.read(in, size));
    return new Heading(key, slice, size, workers, worker, examples, lead);
  }

  /** The same with a lead that nobody else will overwrite. */
  Heading kept() {
    return new Heading(key, slice, size, workers, worker, examples, lead.map(Lead::kept));
  }
}
