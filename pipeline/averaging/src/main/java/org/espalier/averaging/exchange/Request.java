package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import org.espalier.engine.kernel.Pieces;
import org.espalier.engine.replica.FlatVector;

/**
 * A request from one process to another: a byte that says which, then the details. Some are
 * answered later, when what they ask for is there.
 */
enum Request {
  /** Take a contribution to an averaged vector; answered by nothing. */
  ADD(1) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RunState run = here.run(peek(details));
      run.shards().add(Contribution.read(details));
      return NOTHING;
    }
  },
  /** Give a mean; answered by its values. */
  MEAN(2) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      return now(here.run(key.run()).shards().mean(key, details.getInt()).bytes());
    }
  },
  /** Fetch the vector of a finished round before a task asks for it; answered by nothing. */
  PREPARE(4) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RunState run = here.run(peek(details));
      here.runs().prepare(run, ReducedRound.read(details));
      return NOTHING;
    }
  },
  /** Drop a run; answered by nothing. */
  FORGET(3) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      here.runs().forget(details.getLong());
      return NOTHING;
    }
  },
  /** Own shards in a stretch; answered by nothing when they are ready. */
  BEGIN(5) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RunState run = here.run(details.getLong());
      Stretch stretch = here.deserialised(details, Stretch.class);
      run.begin(new RollCall(stretch.key(), stretch.workers()));
      return run.gradients().begin(stretch, run, here).thenCompose(ready -> NOTHING);
    }
  },
  /** Hear which workers a task carries; answered by the processes of all, when all are there. */
  ROLL_CALL(11) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      RunState run = here.run(key.run());
      return run.rollCall(key).present(details.getLong(), WorkerRange.read(details));
    }
  },
  /** Relay shards of others for a group of processes; answered by nothing. */
  GROUP(15) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      here.run(key.run()).relay(key, BitSet.valueOf(details), here);
      return NOTHING;
    }
  },
  /** Take a mean gradient; answered by nothing when it was taken, be it further on. */
  GRADIENT(6) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      GradientHeader header = GradientHeader.read(details);
      Pieces values = Pieces.of(FlatVector.floats(details.slice()));
      return here.run(header.key().run()).take(header, values);
    }
  },
  /** Give the kept parameters of a shard after a step; answered by their values when it is done. */
  PARAMETERS(7) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      int shard = details.getInt();
      return here.run(key.run()).parametersAt(key, shard, details.getLong());
    }
  },
  /** Keep the states of the shards after a stretch; answered by a report when that is done. */
  KEEP_ALL(8) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      RunState run = here.run(key.run());
      return run.gradients().keep(key, here).thenApply(done -> run.report(key).encoded());
    }
  },
  /** Keep the state of a shard of the neighbour; answered by nothing. */
  KEEP(12) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      KeptStates kept = here.run(details.getLong()).kept();
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
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RunState run = here.run(details.getLong());
      long step = details.getLong();
      int from = details.getInt();
      int count = details.getInt();
      Phase.HAND_OVER.begins(step);
      return now(run.kept().of(step, from, count).part(run.gradients().plan(), from, count));
    }
  },
  /** Give all parameters of a shard; answered by their values. */
  ALL_PARAMETERS(14) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      return now(here.run(key.run()).gradients().allParameters(key, details.getInt()));
    }
  },
  /** Give the averaged gradient of a shard in the last step; answered by its values. */
  WHOLE_GRADIENT(9) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      return now(here.run(key.run()).gradients().wholeGradient(key, details.getInt()));
    }
  },
  /** Hold the states that were kept after a step; answered by nothing. */
  PIN(16) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      here.run(details.getLong()).kept().pin(details.getLong());
      return NOTHING;
    }
  },
  /** Let them go; answered by nothing. */
  UNPIN(17) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      here.run(details.getLong()).kept().unpin(details.getLong());
      return NOTHING;
    }
  },
  /** Write the kept state of a shard into a file; answered by its name and SHA-256, or a reason. */
  WRITE(18) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      KeptStates kept = here.run(details.getLong()).kept();
      StateFile file = here.deserialised(details, StateFile.class);
      return here.inBackground(() -> HeldShards.answer(file.write(kept)));
    }
  },
  /** Copy a file of the driver, if it is seen here; answered by nothing, or a reason. */
  PROBE(19) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      here.run(details.getLong());
      ProbeFile file = here.deserialised(details, ProbeFile.class);
      return here.inBackground(file::answer);
    }
  },
  /** End a stretch that a task failed in; answered by nothing. */
  END(10) {
    @Override
    CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      RoundKey key = RoundKey.read(details);
      RunState run = here.run(key.run());
      run.end(key, Failure.read(details).exception());
      return NOTHING;
    }
  };

  private static final CompletableFuture<ByteBuffer> NOTHING = now(ByteBuffer.allocate(0));

  /** A code and the number of a run. */
  private static final int SHORTEST = 1 + Long.BYTES;

  private final byte code;

  Request(int code) {
    this.code = (byte) code;
  }

  abstract CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here);

  /**
   * Does what a message asks for.
   *
   * @throws LostShards if it is of a run that is unknown here, or no message at all
   */
  static CompletableFuture<ByteBuffer> serve(ByteBuffer message, Exchange here) {
    if (message.remaining() < SHORTEST) {
      throw LostShards.refused(
          "Cannot do what a message asks for: it has %d bytes".formatted(message.remaining()));
    }
    byte code = message.get();
    for (Request request : values()) {
      if (request.code == code) {
        return request.answer(message, here);
      }
    }
    throw LostShards.refused("Cannot do what a message asks for: its code is " + code);
  }

  /** The number of the run that details begin with; nothing else is read before it is known. */
  private static long peek(ByteBuffer details) {
    return details.getLong(details.position());
  }

  private static CompletableFuture<ByteBuffer> now(ByteBuffer answer) {
    return CompletableFuture.completedFuture(answer);
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
    return ofShard(MEAN, key, shard);
  }

  static ByteBuffer prepare(ReducedRound round) {
    ByteBuffer message = PREPARE.begin(round.bytes());
    round.write(message);
    return message.flip();
  }

  static ByteBuffer forget(long run) {
    return FORGET.begin(Long.BYTES).putLong(run).flip();
  }

  static ByteBuffer begin(long run, ByteBuffer serialisedStretch) {
    return BEGIN.ofSerialised(run, serialisedStretch);
  }

  static ByteBuffer write(long run, ByteBuffer serialisedFile) {
    return WRITE.ofSerialised(run, serialisedFile);
  }

  static ByteBuffer probe(long run, ByteBuffer serialisedFile) {
    return PROBE.ofSerialised(run, serialisedFile);
  }

  private ByteBuffer ofSerialised(long run, ByteBuffer value) {
    return begin(Long.BYTES + value.remaining()).putLong(run).put(value.duplicate()).flip();
  }

  static ByteBuffer pin(long run, long step) {
    return PIN.begin(2 * Long.BYTES).putLong(run).putLong(step).flip();
  }

  static ByteBuffer unpin(long run, long step) {
    return UNPIN.begin(2 * Long.BYTES).putLong(run).putLong(step).flip();
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
    ByteBuffer message = KEEP_ALL.begin(RoundKey.BYTES);
    key.write(message);
    return message.flip();
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
    return ofShard(ALL_PARAMETERS, key, shard);
  }

  static ByteBuffer wholeGradient(RoundKey key, int shard) {
    return ofShard(WHOLE_GRADIENT, key, shard);
  }

  static ByteBuffer end(RoundKey key, Failure reason) {
    byte[] text = reason.bytes();
    ByteBuffer message = END.begin(RoundKey.BYTES + Integer.BYTES + text.length);
    key.write(message);
    return message.putInt(text.length).put(text).flip();
  }

  private static ByteBuffer ofShard(Request request, RoundKey key, int shard) {
    ByteBuffer message = request.begin(RoundKey.BYTES + Integer.BYTES);
    key.write(message);
    return message.putInt(shard).flip();
  }
}
