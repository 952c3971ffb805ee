package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The states of shards that this process keeps of a run, its own and those of its neighbour: those
 * of the newest two visits of the driver, since a process may be lost while states are handed over.
 * Thread-safe.
 */
final class KeptStates {
  private final List<ShardState> states = new ArrayList<>();
  private final List<ByteBuffer> spare = new ArrayList<>();

  synchronized void keep(ShardState state) {
    long before =
        states.stream()
            .mapToLong(ShardState::step)
            .filter(step -> step < state.step())
            .max()
            .orElse(0);
    drop(other -> other.step() < before || other.isSameAs(state));
    states.add(state);
  }

  /** Drops all but those of a step, which everybody has. */
  synchronized void dropOthers(long step) {
    drop(state -> state.step() != step);
  }

  private void drop(Predicate<ShardState> which) {
    for (Iterator<ShardState> all = states.iterator(); all.hasNext(); ) {
      ShardState state = all.next();
      if (which.test(state)) {
        all.remove();
        spare.add(state.values());
      }
    }
  }

  /** Memory of this size for another state. */
  synchronized ByteBuffer memory(int bytes) {
    for (Iterator<ByteBuffer> all = spare.iterator(); all.hasNext(); ) {
      ByteBuffer memory = all.next();
      if (memory.capacity() == bytes) {
        all.remove();
        return memory.clear();
      }
    }
    spare.clear();
    return ByteBuffer.allocateDirect(bytes);
  }

  /**
   * The state that covers a range of parameters after a step.
   *
   * @throws LostShards if it is not here
   */
  synchronized ShardState of(long step, int from, int count) {
    return states.stream()
        .filter(state -> state.step() == step)
        .filter(state -> state.start() <= from && from + count <= state.start() + state.length())
        .findFirst()
        .orElseThrow(
            () ->
                new LostShards(
                    "Cannot find the state of parameters %d to %d after step %d: it is not kept here"
                        .formatted(from, from + count - 1, step)));
  }
}
