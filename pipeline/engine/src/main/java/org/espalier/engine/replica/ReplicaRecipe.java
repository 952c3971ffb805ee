package org.espalier.engine.replica;

import java.io.Serializable;

/** How to build a replica from nothing, on any machine; what travels in place of one. */
@FunctionalInterface
public interface ReplicaRecipe extends Serializable {
  /** A fresh replica; its vector is undefined until {@link Replica#load}. */
  Replica build();
}
