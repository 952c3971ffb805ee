package org.espalier.averaging.exchange;

import java.util.HashMap;
import java.util.Map;

/**
 * The state of the runs that this process takes part in. A run is admitted by a task of its own,
 * which Spark has started; messages of any other are refused, so that its random number is what
 * tells its processes from strangers. Thread-safe.
 */
final class RunStates {
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

  synchronized void forget(long run) {
    RunState state = byNumber.remove(run);
    if (state != null) {
      state.end();
    }
  }

  synchronized void forgetAll() {
    byNumber.values().forEach(RunState::end);
    byNumber.clear();
  }
}
