package org.espalier.dl4jspark;

import java.util.List;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * The program's listeners, told on the driver of epochs (fits) and rounds with the averaged, masked
 * network in hand. What happens within a single minibatch happens on executors and is not told.
 *
 * @param listeners in the order in which they are told
 */
record DriverListeners(List<TrainingListener> listeners) {
  DriverListeners {
    listeners = List.copyOf(listeners);
  }

  boolean any() {
    return !listeners.isEmpty();
  }

  void epochStarts(DriverNetwork network) {
    listeners.forEach(listener -> listener.onEpochStart(network.model()));
  }

  void roundFinished(DriverNetwork network) {
    listeners.forEach(
        listener -> listener.iterationDone(network.model(), network.steps(), network.epoch()));
  }

  void epochEnds(DriverNetwork network) {
    listeners.forEach(listener -> listener.onEpochEnd(network.model()));
  }
}
