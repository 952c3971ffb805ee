package org.espalier.jobs.bench.scaling;

/** A machine to which nothing but the network and computing costs any time. */
final class Idle {
  private static final double ANY = Double.POSITIVE_INFINITY;

  private Idle() {}

  static MachineConstants machine() {
    return new MachineConstants(0, ANY, ANY, ANY, ANY, ANY, 0, 0, 1e12);
  }
}
