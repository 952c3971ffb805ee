package org.espalier.averaging.parameters;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.Request;
import org.espalier.averaging.exchange.RoundKey;

/** The messages of runs whose parameters are averaged. */
enum ParameterRequest implements Request {
  /** Take a contribution to an averaged vector; answered by nothing. */
  ADD(1) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      ParameterRun run = ParameterRun.of(here, Request.run(details));
      run.shards().add(Contribution.read(details));
      return NOTHING;
    }
  },
  /** Give a mean; answered by its values. */
  MEAN(2) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      ParameterRun run = ParameterRun.of(here, key.run());
      return Request.now(run.shards().mean(key, details.getInt()).bytes());
    }
  },
  /** Fetch the vector of a finished round before a task asks for it; answered by nothing. */
  PREPARE(4) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundVector vector = ParameterRun.of(here, Request.run(details)).vector();
      ReducedRound round = ReducedRound.read(details);
      here.inBackground(() -> vector.tryAfter(round));
      return NOTHING;
    }
  };

  private final byte code;

  ParameterRequest(int code) {
    this.code = (byte) code;
  }

  @Override
  public byte code() {
    return code;
  }

  /** Begins a message; the values that travel have to follow. */
  static void add(ContributionHeader header, ByteBuffer message) {
    message.put(ADD.code);
    header.write(message);
  }

  static ByteBuffer mean(RoundKey key, int shard) {
    return MEAN.of(key, shard);
  }

  static ByteBuffer prepare(ReducedRound round) {
    ByteBuffer message = PREPARE.begin(round.bytes());
    round.write(message);
    return message.flip();
  }
}
