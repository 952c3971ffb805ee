package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.espalier.averaging.exchange.LostShards;

/**
 * The states of shards that this process keeps of a run, its own and those of its neighbour: those
 * of the newest two visits of the driver, since a process may be lost while states are handed over,
 * and those that are pinned because a checkpoint is written of them. Thread-safe.
 */
public final class KeptStates {
  private final List<ShardState> states = new ArrayList<>();
  private final List<ByteBuffer> spare = new ArrayList<>();
  private final Set<Long> pinned = new HashSet<>();

  synchronized void keep(ShardState state) {
    long before =
        states.stream()
            .mapToLong(ShardState::step)
            .filter(step -> step < state.step())
            .max()
            .orElse(0);
    drop(other -> other.step() < before);
    replace(state);
  }

  /** Memory of a pinned state may be read now, and is not used again. */
  private void replace(ShardState state) {
    if (pinned.contains(state.step())) {
      states.removeIf(state::isSameAs);
    } else {
      drop(state::isSameAs);
    }
    states.add(state);
  }

  /** Holds the states of a step fast, whatever is kept later. */
  public synchronized void pin(long step) {
    pinned.add(step);
  }

  /** Lets the states of a step go, as soon as newer ones are kept. */
  public synchronized void unpin(long step) {
    pinned.remove(step);
  }

  /** Drops all but those of a step, which everybody has. */
  synchronized void dropOthers(long step) {
    drop(state -> state.step() != step);
  }

  private void drop(Predicate<ShardState> which) {
    for (Iterator<ShardState> all = states.iterator(); all.hasNext(); ) {
      ShardState state = all.next();
      if (which.test(state) && !pinned.contains(state.step())) {
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
  public synchronized ShardState of(long step, int from, int count) {
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
