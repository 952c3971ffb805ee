package org.espalier.averaging.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The state of runs in this process, {@value #KEPT} at most: of more, the one that was used least
 * recently is dropped. Thread-safe.
 */
final class RunStates {
  private static final int KEPT = 4;

  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "espalier-prepare");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<Long, RunState> byNumber =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RunState> eldest) {
          return size() > KEPT;
        }
      };

  synchronized RunState of(long run) {
    return byNumber.computeIfAbsent(run, number -> new RunState());
  }

  /** Fetches the vector that the round after this one begins with, in the background. */
  void prepare(ReducedRound round) {
    RoundVector vector = of(round.key().run()).vector();
    background.execute(() -> vector.tryAfter(round));
  }

  void close() {
    background.shutdownNow();
  }

  synchronized void forget(long run) {
    byNumber.remove(run);
  }
}
