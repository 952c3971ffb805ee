package org.espalier.engine.layer;

import org.espalier.engine.kernel.Noise;

/** A layer that needs noise in training. */
public interface NoisyLayer {
  /** Draws the noise of this seed and worker from the next step on. */
  void draw(NoiseContext context);

  /** Uses these numbers at every step, for tests; null returns to what is drawn. */
  void use(Noise numbers);
}
