package org.espalier.jobs.bench;

import java.util.Locale;
import org.espalier.dl4jspark.bench.MemoryHeld;

/**
 * The memory of what was made between two looks at the process, after collections, in bytes.
 *
 * @param heap live objects
 * @param offHeap arrays of ND4J but not its workspaces, what JavaCPP counts, and direct buffers
 */
record ReplicaMemory(long heap, long offHeap) {
  private static final double MEBI = 1.0 / (1 << 20);

  static ReplicaMemory between(MemoryHeld before, MemoryHeld after) {
    return new ReplicaMemory(after.heap() - before.heap(), after.offHeap() - before.offHeap());
  }

  /** For people. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "heap %.1f, off-heap %.1f MiB", heap * MEBI, offHeap * MEBI);
  }
}
