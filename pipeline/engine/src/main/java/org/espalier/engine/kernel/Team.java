package org.espalier.engine.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Divides work into slices that threads take in turn. What a slice computes depends on its number
 * alone, so results do not depend on how many threads there are. The calling thread takes part;
 * helpers are daemons that wait for the next piece of work, spinning for a moment and then asleep.
 * Used by one thread at a time.
 */
public final class Team {
  /** One slice of the work. */
  @FunctionalInterface
  public interface Part {
    /** Computes a slice; {@code member} is below {@link Team#size} and no two run at once. */
    void run(int slice, int member);
  }

  /** How long a caller waits for its helpers before it lets others have its processor. */
  private static final int SPINS = 2_000;

  /** How long a helper waits before it sleeps: waking it takes longer than most slices do. */
  private static final int IDLE_SPINS = 8_000;

  private static final int CLOSED = Integer.MIN_VALUE;
  private static final long NAP_NANOSECONDS = 5_000_000_000L;
  private static final ThreadLocal<Team> OF_THREAD = new ThreadLocal<>();

  private final Thread caller = Thread.currentThread();
  private final Helper[] helpers;
  private final AtomicInteger next = new AtomicInteger();

  /** How many helpers take part; negative when nobody may join any more. */
  private final AtomicInteger joined = new AtomicInteger(CLOSED);

  private volatile Part part;
  private volatile int slices;
  private volatile Throwable failure;
  private volatile boolean closed;

  /** A team of {@code size} threads, the caller's among them. */
  Team(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "Cannot divide work among %d threads: there must be at least 1.".formatted(size));
    }
    helpers = new Helper[size - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
      helpers[i].start();
    }
  }

  /** The team of the calling thread: as many threads as OpenMP would use there. */
  public static Team ofThread() {
    Team team = OF_THREAD.get();
    int threads = OpenMp.threads();
    if (team == null || team.size() != threads) {
      if (team != null) {
        team.close();
      }
      team = new Team(threads);
      OF_THREAD.set(team);
    }
    return team;
  }

  /** Number of threads. */
  public int size() {
    return helpers.length + 1;
  }

  /** Runs all slices, each with one OpenMP thread, and returns when the last is done. */
  public void run(int count, Part work) {
    int threads = helpers.length + 1;
    if (threads > 1) {
      OpenMp.useOneThread();
    }
    try {
      divide(count, work);
    } finally {
      if (threads > 1) {
        OpenMp.use(threads);
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Where threads outnumber processors, yielding is meant.
  private void divide(int count, Part work) {
    if (helpers.length == 0 || count < 2) {
      for (int slice = 0; slice < count; slice++) {
        work.run(slice, 0);
      }
      return;
    }
    part = work;
    slices = count;
    next.set(0);
    joined.set(0);
    for (Helper helper : helpers) {
      helper.wake();
    }
    take(0);
    joined.getAndAdd(CLOSED);
    for (int spins = 0; joined.get() != CLOSED; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // The helper may be waiting for this very processor.
      }
    }
    part = null;
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("Cannot compute: a helper thread failed", thrown);
    }
  }

  /** Ends the helpers. */
  void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private void take(int member) {
    Part work = part;
    int count = slices;
    try {
      for (int slice = next.getAndIncrement(); slice < count; slice = next.getAndIncrement()) {
        work.run(slice, member);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Whether there was still work to join; who comes too late is not waited for. */
  private boolean enter() {
    int before = joined.get();
    while (before >= 0 && !joined.compareAndSet(before, before + 1)) {
      before = joined.get();
    }
    return before >= 0;
  }

  private final class Helper extends Thread {
    private final int member;
    private volatile boolean called;

    private Helper(int member) {
      super("espalier-kernel-" + member);
      this.member = member;
      setDaemon(true);
    }

    private void wake() {
      called = true;
      LockSupport.unpark(this);
    }

    @Override
    public void run() {
      OpenMp.useOneThread();
      int spins = 0;
      while (!closed && caller.isAlive()) {
        if (called) {
          called = false;
          if (enter()) {
            take(member);
            joined.decrementAndGet();
          }
          spins = 0;
        } else if (++spins < IDLE_SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, NAP_NANOSECONDS);
        }
      }
    }
  }
}
