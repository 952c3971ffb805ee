package org.espalier.jobs.bench.scaling;

/**
 * Parameters and optimiser state in pieces of at most 4 MiB, as Spark sends what is broadcast; but
 * for masked entries.
 */
final class VectorPieces {
  private static final double PIECE_BYTES = 4 << 20;

  private final int count;
  private final double bytes;
  private final double sumSeconds;
  private final double copySeconds;

  VectorPieces(Scenario scenario, MachineConstants machine) {
    double all = Float.BYTES * scenario.density() * scenario.network().vectorLength();
    this.count = (int) Math.ceil(all / PIECE_BYTES);
    this.bytes = all / count;
    this.sumSeconds = bytes / machine.sumBytesPerSecond();
    this.copySeconds = bytes / machine.copyBytesPerSecond();
  }

  int count() {
    return count;
  }

  /** Adds a piece that is summed where it arrives. */
  void addUp(Messages messages, int from, int to, int piece, double at) {
    messages.add(from, to, piece, bytes, at, sumSeconds);
  }

  /** Adds a piece that is copied where it arrives. */
  void addDown(Messages messages, int from, int to, int piece, double at) {
    messages.add(from, to, piece, bytes, at, copySeconds);
  }
}
