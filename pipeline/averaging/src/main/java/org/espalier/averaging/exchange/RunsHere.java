package org.espalier.averaging.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a process keeps of runs. A run that its driver did not bid to forget is dropped when {@value
 * #KEPT} newer ones are there. Thread-safe.
 */
final class RunsHere {
  private static final int KEPT = 4;

  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "espalier-prepare");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<Long, RunHere> byNumber =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RunHere> eldest) {
          return size() > KEPT;
        }
      };

  synchronized RunHere of(long run) {
    return byNumber.computeIfAbsent(run, number -> new RunHere());
  }

  /** Fetches the vector that the round after this one begins with, in the background. */
  void prepare(LandedRound round) {
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
