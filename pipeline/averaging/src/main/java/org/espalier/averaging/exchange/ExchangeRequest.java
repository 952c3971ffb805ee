package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** The messages that every run has. */
enum ExchangeRequest implements Request {
  /** Drop a run; answered by nothing. */
  FORGET(3) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      here.runs().forget(details.getLong());
      return NOTHING;
    }
  };

  private final byte code;

  ExchangeRequest(int code) {
    this.code = (byte) code;
  }

  @Override
  public byte code() {
    return code;
  }

  static ByteBuffer forget(long run) {
    return FORGET.begin(Long.BYTES).putLong(run).flip();
  }
}
