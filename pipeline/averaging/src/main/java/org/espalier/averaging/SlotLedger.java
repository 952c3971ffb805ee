package org.espalier.averaging;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * The ledger of an application's slots. The tasks of a stretch wait for each other, so all of them
 * have to run at once: runs of one application take turns where there are not slots enough for
 * both. Thread-safe.
 */
final class SlotLedger {
  private static final Map<SparkContext, SlotLedger> BY_APPLICATION = new WeakHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Object> asking = new ArrayDeque<>();
  private int taken;

  static SlotLedger of(SparkContext spark) {
    synchronized (BY_APPLICATION) {
      return BY_APPLICATION.computeIfAbsent(spark, application -> new SlotLedger());
    }
  }

  /**
   * Waits, in the order of asking, until so many slots are free, and works while it has them.
   *
   * @param slots wanted
   * @param all slots that there are
   */
  <T> T with(int slots, int all, Supplier<T> work) {
    take(slots, all);
    try {
      return work.get();
    } finally {
      giveBack(slots);
    }
  }

  private void take(int slots, int all) {
    Object ticket = new Object();
    lock.lock();
    try {
      asking.add(ticket);
      while (asking.peek() != ticket || (taken > 0 && taken + slots > all)) {
        changed.awaitUninterruptibly();
      }
      asking.remove();
      taken += slots;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(int slots) {
    lock.lock();
    try {
      taken -= slots;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
