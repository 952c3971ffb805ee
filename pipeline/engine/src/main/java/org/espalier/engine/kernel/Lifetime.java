package org.espalier.engine.kernel;

/** Keeps what owns a piece of memory reachable, and knows whether its use has ended. */
final class Lifetime {
  private volatile Object owner;

  Lifetime(Object owner) {
    this.owner = owner;
  }

  void require() {
    if (owner == null) {
      throw Values.released();
    }
  }

  void end() {
    owner = null;
  }
}
