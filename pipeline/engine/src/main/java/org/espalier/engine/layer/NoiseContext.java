package org.espalier.engine.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Noise;

/**
 * Whose noise a network draws. A layer's numbers at a step are a pure function of seed, worker,
 * step and the layer's name; the step is the graph's own count of iterations.
 *
 * @param seed of the run
 * @param worker number of the logical worker
 */
public record NoiseContext(long seed, int worker) {
  private static final long PURPOSE = Mix64.of("noise of a layer");

  /** Lets every layer of the graph that needs noise draw it from here on. */
  public void install(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      if (layer instanceof NoisyLayer noisy) {
        noisy.draw(this);
      }
    }
  }

  Noise noise(long step, String layer) {
    return Noise.stream(Mix64.key(seed, PURPOSE, worker, step, Mix64.of(layer)));
  }
}
