package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;

/** A request from one process to another: a byte that says which, then the details. */
enum Request {
  /** Take a contribution; answered by nothing. */
  ADD(1) {
    @Override
    ByteBuffer answer(ByteBuffer details, RunStates runs) {
      Contribution contribution = Contribution.read(details);
      runs.of(contribution.header().key().run()).shards().add(contribution);
      return ByteBuffer.allocate(0);
    }
  },
  /** Give a mean; answered by its values. */
  MEAN(2) {
    @Override
    ByteBuffer answer(ByteBuffer details, RunStates runs) {
      RoundKey key = RoundKey.read(details);
      return runs.of(key.run()).shards().mean(key, details.getInt()).bytes();
    }
  },
  /** Fetch the vector of a finished round before a task asks for it; answered by nothing. */
  PREPARE(4) {
    @Override
    ByteBuffer answer(ByteBuffer details, RunStates runs) {
      runs.prepare(ReducedRound.read(details));
      return ByteBuffer.allocate(0);
    }
  },
  /** Drop a run; answered by nothing. */
  FORGET(3) {
    @Override
    ByteBuffer answer(ByteBuffer details, RunStates runs) {
      runs.forget(details.getLong());
      return ByteBuffer.allocate(0);
    }
  };

  private final byte code;

  Request(int code) {
    this.code = (byte) code;
  }

  abstract ByteBuffer answer(ByteBuffer details, RunStates runs);

  /** Does what a message asks for. */
  static ByteBuffer serve(ByteBuffer message, RunStates runs) {
    byte code = message.get();
    for (Request request : values()) {
      if (request.code == code) {
        return request.answer(message, runs);
      }
    }
    throw new IllegalArgumentException("Cannot do what a message asks for: its code is " + code);
  }

  private ByteBuffer begin(int bytes) {
    return ByteBuffer.allocate(1 + bytes).put(code);
  }

  /** Begins a message; the values that travel have to follow. */
  static void add(ContributionHeader header, ByteBuffer message) {
    message.put(ADD.code);
    header.write(message);
  }

  static ByteBuffer mean(RoundKey key, int shard) {
    ByteBuffer message = MEAN.begin(RoundKey.BYTES + Integer.BYTES);
    key.write(message);
    return message.putInt(shard).flip();
  }

  static ByteBuffer prepare(ReducedRound round) {
    ByteBuffer message = PREPARE.begin(round.bytes());
    round.write(message);
    return message.flip();
  }

  static ByteBuffer forget(long run) {
    return FORGET.begin(Long.BYTES).putLong(run).flip();
  }
}
