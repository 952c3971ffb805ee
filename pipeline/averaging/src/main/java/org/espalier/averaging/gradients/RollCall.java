package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.espalier.averaging.exchange.RoundKey;

/**
 * The roll call of a stretch, in the process that owns its first shard: every task says which
 * workers it carries and where; when all workers are there, all hear where each of them is.
 * Thread-safe.
 */
final class RollCall {
  private final RoundKey key;
  private final long[] processes;
  private final boolean[] present;
  private final List<CompletableFuture<ByteBuffer>> waiting = new ArrayList<>();
  private int missing;

  RollCall(RoundKey key, int workers) {
    this.key = key;
    this.processes = new long[workers];
    this.present = new boolean[workers];
    this.missing = workers;
  }

  RoundKey key() {
    return key;
  }

  /**
   * Hears a task.
   *
   * @return completes with the process of every worker when all are there
   * @throws IllegalArgumentException if there is no such worker
   */
  CompletableFuture<ByteBuffer> present(long process, WorkerRange workers) {
    CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
    List<CompletableFuture<ByteBuffer>> answered;
    synchronized (this) {
      if (workers.from() < 0 || workers.end() > present.length) {
        throw new IllegalArgumentException(
            "Cannot hear workers %d to %d: the stretch has %d"
                .formatted(workers.from(), workers.end() - 1, present.length));
      }
      for (int worker = workers.from(); worker < workers.end(); worker++) {
        missing -= present[worker] ? 0 : 1;
        present[worker] = true;
        processes[worker] = process;
      }
      waiting.add(answer);
      answered = missing == 0 ? List.copyOf(waiting) : List.of();
    }
    answered.forEach(each -> each.complete(places()));
    return answer;
  }

  private ByteBuffer places() {
    ByteBuffer places = ByteBuffer.allocate(processes.length * Long.BYTES);
    Arrays.stream(processes).forEach(places::putLong);
    return places.flip();
  }

  /** Tells those who wait why they wait in vain. */
  void end(RuntimeException reason) {
    List<CompletableFuture<ByteBuffer>> answered;
    synchronized (this) {
      answered = List.copyOf(waiting);
      waiting.clear();
    }
    answered.forEach(each -> each.completeExceptionally(reason));
  }
}
