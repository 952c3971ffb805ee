package org.espalier.tasks;

import org.espalier.engine.replica.Judge;

/** What networks are trained for. */
public interface Task {
  /** The way in which trained networks are judged. */
  Judge judge();
}
