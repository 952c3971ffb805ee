package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/**
 * What is done with feature maps beside convolution and normalisation. Used by one thread at a
 * time. The bits of a result do not depend on the number of threads.
 */
public interface MapPasses {
  /** Maps, and where their values lie. */
  record Maps(MapLayout layout, Values values) {}

  /**
   * Makes maps of images, the images innermost.
   *
   * @param images `[batch, channels, height, width]`, row-major
   * @param to cells for zeros are left as they are
   */
  void arrange(Values images, Maps to);

  /** {@code to = a + b}; cells for zeros are left as they are. */
  void add(Maps a, Maps b, Maps to);

  /** Copies pixels into another layout, or adds them; its cells for zeros become zero. */
  void copy(Maps from, Maps to, Into into);

  /**
   * Global average pooling: the mean of every channel of every image.
   *
   * @param means `[channels, images]`
   */
  void mean(Maps from, Values means);

  /** The gradient before {@link #mean}; cells for zeros become zero. */
  void spread(Values meanGradient, Maps to);

  /**
   * Max pooling over windows of {@value #WINDOW} by {@value #WINDOW} pixels, two apart, as
   * TensorFlow pads it: windows begin with the first row and column, and the last ones reach beyond
   * the image, where there is nothing.
   *
   * @param from in two phases
   */
  void maxPool(Maps from, Maps to);

  /**
   * The gradient before {@link #maxPool}: each window's goes to the first of its largest values.
   */
  void maxPoolGradient(Maps from, Maps largest, Maps gradient, Maps inputGradient);

  /** Rows and columns of a window of {@link #maxPool}. */
  int WINDOW = 3;

  /** Rows, or columns, of the result of {@link #maxPool}. */
  static int windows(int pixels) {
    return (pixels + 1) / 2;
  }
}
