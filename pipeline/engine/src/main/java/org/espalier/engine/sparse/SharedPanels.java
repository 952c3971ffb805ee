package org.espalier.engine.sparse;

import java.util.HashMap;
import java.util.Map;
import org.espalier.engine.kernel.sparse.Panel;

/**
 * Memory of panels that maps share which never compute at the same time: one for inputs and one for
 * outputs of as many features, as long as the largest batch needs. Used by one thread at a time.
 */
public final class SharedPanels {
  private final Map<Integer, Panel> inputs = new HashMap<>();
  private final Map<Integer, Panel> outputs = new HashMap<>();

  MatrixPanels inputs(int positions, int features, int columns) {
    return of(inputs, positions, features, columns);
  }

  MatrixPanels outputs(int positions, int features, int columns) {
    return of(outputs, positions, features, columns);
  }

  private static MatrixPanels of(
      Map<Integer, Panel> held, int positions, int features, int columns) {
    int stride = Arena.stride(columns);
    int rows = Math.multiplyExact(features, (positions + columns - 1) / columns);
    Panel memory = held.get(features);
    if (memory == null || memory.values().length < Arena.floats(rows, stride)) {
      memory = Arena.panel(rows, stride);
      held.put(features, memory);
    }
    Panel from = new Panel(memory.values(), memory.at(), stride);
    return MatrixPanels.in(from, positions, features, columns);
  }
}
