package org.espalier.datasets.digits;

import java.util.List;
import org.espalier.base.Mix64;

/**
 * Draws one digit: a way of writing it, a hand (wobble of the strokes), a pen (thickness and
 * pressure), a placement (size, slant, turn, shift) and a noisy scanner, all functions of one key.
 */
final class DigitPainter {
  /** Height and width of an image in pixels. */
  static final int SIZE = 28;

  private static final double BOX = 100;
  private static final int PIXEL_NOISE = 1;
  private static final int WOBBLE = 2;
  private static final int PLACEMENT = 3;

  private DigitPainter() {}

  /** The pixels of {@code digit}, row by row, 0 (paper) to 255 (ink). */
  static byte[] paint(int digit, long key) {
    long choice = Mix64.key(key, PLACEMENT);
    List<Skeleton> variants = Glyphs.variants(digit);
    Skeleton skeleton = variants.get(Mix64.below(variants.size(), choice, 0));
    double height = between(16, 21.5, choice, 1) / BOX;
    double width = height * between(0.75, 1.15, choice, 2);
    Affine toPixels =
        Affine.translation(-BOX / 2, -BOX / 2)
            .then(Affine.scaling(width, height))
            .then(Affine.shear(between(-0.1, 0.35, choice, 3)))
            .then(Affine.rotation(between(-0.22, 0.22, choice, 4)))
            .then(
                Affine.translation(
                    SIZE / 2.0 + between(-2.3, 2.3, choice, 5),
                    SIZE / 2.0 + between(-2.3, 2.3, choice, 6)));
    double pen = between(0.8, 1.7, choice, 7);
    double pressure = between(0.75, 1, choice, 8);
    Canvas canvas = new Canvas(SIZE);
    long wobble = Mix64.key(key, WOBBLE);
    skeleton.draw(
        toPixels,
        coordinate ->
            between(-4, 4, wobble, 2L * coordinate) + between(-4, 4, wobble, 2L * coordinate + 1),
        canvas,
        pen);
    return scan(canvas, pressure, Mix64.key(key, PIXEL_NOISE));
  }

  private static byte[] scan(Canvas canvas, double pressure, long noise) {
    byte[] pixels = new byte[SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      double light = canvas.ink(i) * pressure + between(-0.1, 0.1, noise, i);
      pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, light)));
    }
    return pixels;
  }

  private static double between(double low, double high, long key, long index) {
    return low + (high - low) * Mix64.unit(key, index);
  }
}
