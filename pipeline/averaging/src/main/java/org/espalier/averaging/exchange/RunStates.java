package org.espalier.averaging.exchange;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The state of the runs that this process takes part in. A run is admitted by a task of its own,
 * which Spark has started; messages of any other are refused, so that its random number is what
 * tells its processes from strangers. Thread-safe.
 */
final class RunStates {
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "espalier-prepare");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<Long, RunState> byNumber = new HashMap<>();

  synchronized RunState admit(long run) {
    return byNumber.computeIfAbsent(run, number -> new RunState());
  }

  /**
   * The state of a run.
   *
   * @throws LostShards if it was not admitted, or is over
   */
  synchronized RunState of(long run) {
    RunState state = byNumber.get(run);
    if (state == null) {
      throw LostShards.refused(
          "Cannot take part in a run that this process does not know: no task of it has been here, or it is over");
    }
    return state;
  }

  /** Fetches the vector that the round after this one begins with, in the background. */
  void prepare(RunState run, ReducedRound round) {
    RoundVector vector = run.vector();
    background.execute(() -> vector.tryAfter(round));
  }

  void close() {
    background.shutdownNow();
    forgetAll();
  }

  synchronized void forget(long run) {
    RunState state = byNumber.remove(run);
    if (state != null) {
      state.gradients().close();
    }
  }

  synchronized void forgetAll() {
    byNumber.values().forEach(state -> state.gradients().close());
    byNumber.clear();
  }
}
