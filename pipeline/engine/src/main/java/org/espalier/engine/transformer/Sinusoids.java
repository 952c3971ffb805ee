package org.espalier.engine.transformer;

import org.espalier.engine.kernel.Values;

/**
 * The vectors of positions, `[positions, width]`: sines, then cosines, of wavelengths that rise
 * geometrically from 2 pi to 10,000 times that (as tensor2tensor has them: Vaswani et al. 2017,
 * section 3.5, but with all sines before all cosines). Grows as far as it is asked for; owns its
 * memory until closed.
 */
final class Sinusoids implements AutoCloseable {
  private static final double LONGEST = 10_000;

  private final Values like;
  private final int width;
  private Values vectors;
  private int positions;

  /**
   * @param like values of the type of the vectors
   * @param width even
   */
  Sinusoids(Values like, int width) {
    this.like = like;
    this.width = width;
  }

  /** The vectors of at least so many positions. */
  Values of(int count) {
    if (count > positions) {
      close();
      positions = Math.max(count, 2 * positions);
      vectors = like.sameType(Math.multiplyExact(positions, width));
      for (int position = 0; position < positions; position++) {
        fill(position);
      }
    }
    return vectors;
  }

  private void fill(int position) {
    int waves = width / 2;
    double step = Math.log(LONGEST) / Math.max(1, waves - 1);
    for (int wave = 0; wave < waves; wave++) {
      double angle = position * Math.exp(-wave * step);
      vectors.set(position * width + wave, Math.sin(angle));
      vectors.set(position * width + waves + wave, Math.cos(angle));
    }
  }

  @Override
  public void close() {
    if (vectors != null) {
      vectors.release();
    }
  }
}
