package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The reason for which a stretch was ended before its last step.
 *
 * @param cause whether the stretch can be run again
 * @param sentence what happened
 */
record EndedStretch(Cause cause, String sentence) {
  /** Whether a stretch can be run again. */
  enum Cause {
    /** Something was lost; another try can succeed. */
    LOSS,
    /** Another try would fail again. */
    FAILURE
  }

  static EndedStretch by(Throwable failure) {
    boolean lost = LostShards.mayPass(failure);
    return new EndedStretch(
        lost ? Cause.LOSS : Cause.FAILURE, "The stretch was ended: a task failed: " + failure);
  }

  /** What those who wait are told. */
  RuntimeException exception() {
    return cause == Cause.LOSS ? new LostShards(sentence) : new IllegalStateException(sentence);
  }

  static int bytes(byte[] text) {
    return 1 + Integer.BYTES + text.length;
  }

  void write(byte[] text, ByteBuffer out) {
    out.put((byte) (cause == Cause.LOSS ? 0 : 1)).putInt(text.length).put(text);
  }

  static EndedStretch read(ByteBuffer in) {
    Cause cause = in.get() == 0 ? Cause.LOSS : Cause.FAILURE;
    byte[] text = new byte[MessageLength.read(in, 1)];
    in.get(text);
    return new EndedStretch(cause, new String(text, StandardCharsets.UTF_8));
  }
}
