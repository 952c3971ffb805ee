package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.Request;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.replica.FlatVector;

/** The messages of runs whose gradients are averaged. */
enum GradientRequest implements Request {
  /** Own shards in a stretch; answered by nothing when they are ready. */
  BEGIN(5) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      GradientRun run = GradientRun.of(here, details.getLong());
      Stretch stretch = here.deserialised(details, Stretch.class);
      run.begin(new RollCall(stretch.key(), stretch.workers()));
      return run.gradients().begin(stretch, run, here).thenCompose(ready -> NOTHING);
    }
  },
  /** Hear which workers a task carries; answered by the processes of all, when all are there. */
  ROLL_CALL(11) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      GradientRun run = GradientRun.of(here, key.run());
      return run.rollCall(key).present(details.getLong(), WorkerRange.read(details));
    }
  },
  /** Relay shards of others for a group of processes; answered by nothing. */
  GROUP(15) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      GradientRun.of(here, key.run()).relay(key, BitSet.valueOf(details), here);
      return NOTHING;
    }
  },
  /** Take a mean gradient; answered by nothing when it was taken, be it further on. */
  GRADIENT(6) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      GradientHeader header = GradientHeader.read(details);
      Pieces values = Pieces.of(FlatVector.floats(details.slice()));
      return GradientRun.of(here, header.key().run()).take(header, values);
    }
  },
  /** Give the kept parameters of a shard after a step; answered by their values when it is done. */
  PARAMETERS(7) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      int shard = details.getInt();
      return GradientRun.of(here, key.run()).parametersAt(key, shard, details.getLong());
    }
  },
  /** Keep the states of the shards after a stretch; answered by a report when that is done. */
  KEEP_ALL(8) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      GradientRun run = GradientRun.of(here, key.run());
      return run.gradients().keep(key, here).thenApply(done -> run.report(key).encoded());
    }
  },
  /** Keep the state of a shard of the neighbour; answered by nothing. */
  KEEP(12) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      KeptStates kept = GradientRun.of(here, details.getLong()).kept();
      long step = details.getLong();
      int start = details.getInt();
      int length = details.getInt();
      ByteBuffer memory = kept.memory(ShardState.HEADER + details.remaining());
      memory.position(ShardState.HEADER).put(details).clear();
      kept.keep(new ShardState(step, start, length, memory));
      return NOTHING;
    }
  },
  /** Give the kept state of a range of parameters; answered by its values. */
  KEPT_PART(13) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      GradientRun run = GradientRun.of(here, details.getLong());
      long step = details.getLong();
      int from = details.getInt();
      int count = details.getInt();
      Phase.HAND_OVER.begins(step);
      return Request.now(
          run.kept().of(step, from, count).part(run.gradients().plan(), from, count));
    }
  },
  /** Give all parameters of a shard; answered by their values. */
  ALL_PARAMETERS(14) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      return Request.now(
          GradientRun.of(here, key.run()).gradients().allParameters(key, details.getInt()));
    }
  },
  /** Give the averaged gradient of a shard in the last step; answered by its values. */
  WHOLE_GRADIENT(9) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      return Request.now(
          GradientRun.of(here, key.run()).gradients().wholeGradient(key, details.getInt()));
    }
  },
  /** End a stretch that a task failed in; answered by nothing. */
  END(10) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      GradientRun run = GradientRun.of(here, key.run());
      run.end(key, Failure.read(details).exception());
      return NOTHING;
    }
  };

  private final byte code;

  GradientRequest(int code) {
    this.code = (byte) code;
  }

  @Override
  public byte code() {
    return code;
  }

  static ByteBuffer begin(long run, ByteBuffer serialisedStretch) {
    return BEGIN.of(run, serialisedStretch);
  }

  static ByteBuffer rollCall(RoundKey key, long process, WorkerRange workers) {
    ByteBuffer message = ROLL_CALL.begin(RoundKey.BYTES + Long.BYTES + WorkerRange.BYTES);
    key.write(message);
    message.putLong(process);
    workers.write(message);
    return message.flip();
  }

  /**
   * @param workers those that the group carries
   */
  static ByteBuffer group(RoundKey key, BitSet workers) {
    byte[] bits = workers.toByteArray();
    ByteBuffer message = GROUP.begin(RoundKey.BYTES + bits.length);
    key.write(message);
    return message.put(bits).flip();
  }

  /** Puts the header into a message whose values are there. */
  static void gradient(GradientHeader header, ByteBuffer message) {
    message.put(GRADIENT.code);
    header.write(message);
  }

  static ByteBuffer parameters(RoundKey key, int shard, long step) {
    ByteBuffer message = PARAMETERS.begin(RoundKey.BYTES + Integer.BYTES + Long.BYTES);
    key.write(message);
    return message.putInt(shard).putLong(step).flip();
  }

  static ByteBuffer keepAll(RoundKey key) {
    return KEEP_ALL.of(key);
  }

  /** Puts what is said of a state into the room before it. */
  static ByteBuffer keep(long run, ShardState state) {
    ByteBuffer message = state.values().duplicate();
    message.put(KEEP.code).putLong(run).putLong(state.step());
    message.putInt(state.start()).putInt(state.length());
    return message.clear();
  }

  static ByteBuffer keptPart(long run, long step, int from, int count) {
    return KEPT_PART
        .begin(2 * Long.BYTES + 2 * Integer.BYTES)
        .putLong(run)
        .putLong(step)
        .putInt(from)
        .putInt(count)
        .flip();
  }

  static ByteBuffer allParameters(RoundKey key, int shard) {
    return ALL_PARAMETERS.of(key, shard);
  }

  static ByteBuffer wholeGradient(RoundKey key, int shard) {
    return WHOLE_GRADIENT.of(key, shard);
  }

  static ByteBuffer end(RoundKey key, Failure reason) {
    byte[] text = reason.bytes();
    ByteBuffer message = END.begin(RoundKey.BYTES + Integer.BYTES + text.length);
    key.write(message);
    return message.putInt(text.length).put(text).flip();
  }
}
