package org.espalier.engine.replica;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.arithmetic.Arithmetic;

/**
 * The replicas of this JVM that wait for their next task: building one costs many times what a
 * round costs.
 *
 * <p>Replicas of the {@value #RUNS_KEPT} most recently used runs are kept; those of older runs are
 * closed. A replica that failed in its task is closed too. Thread-safe.
 */
public final class ReplicaPool {
  private static final int RUNS_KEPT = 4;
  private static final Map<String, Deque<Replica>> IDLE = new LinkedHashMap<>(16, 0.75f, true);

  private ReplicaPool() {}

  /** What a task does with a replica. */
  @FunctionalInterface
  public interface Task<T> {
    /** Uses the replica, which is the task's alone until it returns. */
    T with(Replica replica);
  }

  /**
   * Lends the task a replica of this run, built by the recipe if none is idle. It computes on the
   * threads of a task.
   */
  public static <T> T lend(String run, ReplicaRecipe recipe, Task<T> task) {
    Arithmetic.useThreadsOfTask();
    Replica replica = takeIdle(run);
    if (replica == null) {
      replica = recipe.build();
    }
    boolean sound = false;
    try {
      T result = task.with(replica);
      sound = true;
      return result;
    } finally {
      if (sound) {
        giveBack(run, replica);
      } else {
        replica.close();
      }
    }
  }

  private static synchronized Replica takeIdle(String run) {
    Deque<Replica> idle = IDLE.get(run);
    return idle == null ? null : idle.pollLast();
  }

  private static void giveBack(String run, Replica replica) {
    List<Replica> outdated = new ArrayList<>();
    synchronized (ReplicaPool.class) {
      IDLE.computeIfAbsent(run, name -> new ArrayDeque<>()).addLast(replica);
      var oldestFirst = IDLE.values().iterator();
      while (IDLE.size() > RUNS_KEPT) {
        outdated.addAll(oldestFirst.next());
        oldestFirst.remove();
      }
    }
    outdated.forEach(Replica::close);
  }
}
