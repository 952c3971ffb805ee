package org.espalier.engine.tensor;

import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Noise;

/**
 * Whose noise a network draws. The numbers of a tensor at a step are a pure function of seed,
 * worker, step and the tensor's name.
 *
 * @param seed of the run
 * @param worker number of the logical worker
 */
public record NoiseContext(long seed, int worker) {
  private static final long PURPOSE = Mix64.of("noise of a layer");

  /**
   * The noise of a step.
   *
   * @param step number of steps before it
   * @param name what the numbers are for, see {@link ParameterTensor#noiseName}
   */
  public Noise noise(long step, String name) {
    return Noise.stream(Mix64.key(seed, PURPOSE, worker, step, Mix64.of(name)));
  }
}
