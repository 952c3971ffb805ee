package org.espalier.averaging.exchange;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a process keeps of runs. A run that its driver did not bid to forget is dropped when {@value
 * #KEPT} newer ones are there. Thread-safe.
 */
final class RunsHere {
  private static final int KEPT = 4;

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

  synchronized void forget(long run) {
    byNumber.remove(run);
  }
}
