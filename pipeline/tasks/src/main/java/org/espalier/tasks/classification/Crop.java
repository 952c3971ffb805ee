package org.espalier.tasks.classification;

import java.io.Serializable;

/** The choice of what is seen of images of any size. Immutable. */
sealed interface Crop extends Serializable permits CentreCrop, RandomCrop {
  /**
   * What is seen of an image: a function of the arguments alone.
   *
   * @param epoch counted from 0
   * @param number of the row in its split
   * @param width of the image in pixels, at least 1
   * @param height of the image in pixels, at least 1
   */
  ImageView of(long epoch, long number, int width, int height);
}
