package org.espalier.engine.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.kernel.Slices;

/** A layer whose products and convolutions are cut into slices. */
public interface SlicedLayer {
  /** Cuts into so many slices from the next step on; {@link Slices#DEFAULT} before. */
  void cut(Slices slices);

  /** Cuts the sums of all own layers of a graph, which does nothing to DL4J's stock layers. */
  static void cut(ComputationGraph graph, Slices slices) {
    for (Layer layer : graph.getLayers()) {
      if (layer instanceof SlicedLayer sliced) {
        sliced.cut(slices);
      }
    }
  }
}
