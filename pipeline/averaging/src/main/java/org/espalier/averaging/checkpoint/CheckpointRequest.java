package org.espalier.averaging.checkpoint;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.Request;
import org.espalier.averaging.gradients.GradientRun;
import org.espalier.averaging.gradients.KeptStates;

/** The messages by which checkpoints are written where states of shards are kept. */
enum CheckpointRequest implements Request {
  /** Hold the states that were kept after a step; answered by nothing. */
  PIN(16) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      GradientRun.of(here, details.getLong()).kept().pin(details.getLong());
      return NOTHING;
    }
  },
  /** Let them go; answered by nothing. */
  UNPIN(17) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      GradientRun.of(here, details.getLong()).kept().unpin(details.getLong());
      return NOTHING;
    }
  },
  /** Write the kept state of a shard into a file; answered by its name and SHA-256, or a reason. */
  WRITE(18) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      KeptStates kept = GradientRun.of(here, details.getLong()).kept();
      StateFile file = here.deserialised(details, StateFile.class);
      return here.onFile(() -> HeldShards.answer(file.write(kept)));
    }
  },
  /** Copy a file of the driver, if it is seen here; answered by nothing, or a reason. */
  PROBE(19) {
    @Override
    public CompletableFuture<ByteBuffer> answer(ByteBuffer details, Exchange here) {
      GradientRun.of(here, details.getLong());
      ProbeFile file = here.deserialised(details, ProbeFile.class);
      return here.onFile(file::answer);
    }
  };

  private final byte code;

  CheckpointRequest(int code) {
    this.code = (byte) code;
  }

  @Override
  public byte code() {
    return code;
  }

  static ByteBuffer write(long run, ByteBuffer serialisedFile) {
    return WRITE.of(run, serialisedFile);
  }

  static ByteBuffer probe(long run, ByteBuffer serialisedFile) {
    return PROBE.of(run, serialisedFile);
  }

  static ByteBuffer pin(long run, long step) {
    return PIN.begin(2 * Long.BYTES).putLong(run).putLong(step).flip();
  }

  static ByteBuffer unpin(long run, long step) {
    return UNPIN.begin(2 * Long.BYTES).putLong(run).putLong(step).flip();
  }
}
