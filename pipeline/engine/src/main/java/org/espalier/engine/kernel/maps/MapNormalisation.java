package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/**
 * Batch normalisation of feature maps (Ioffe and Szegedy 2015), with what follows it: {@code y =
 * activation(scale (x - mean) / sqrt(variance + epsilon) + shift + addend)}, mean and variance of
 * each channel over the pixels of all images. Used by one thread at a time; a backward pass follows
 * the training pass of the same batch. Without allocation. The bits of a result do not depend on
 * the number of threads.
 */
public interface MapNormalisation {
  /**
   * What is learned of the channels, or its gradient.
   *
   * @param scale `[channels]`
   * @param shift `[channels]`
   */
  record Affine(Values scale, Values shift) {}

  /**
   * The moments of channels.
   *
   * @param mean `[channels]`
   * @param variance `[channels]`
   */
  record Moments(Values mean, Values variance) {}

  /**
   * The pass by the moments of the batch.
   *
   * @param addend what is added, or null for none
   */
  void train(Values x, Affine affine, Values addend, Values y);

  /**
   * The pass by given moments.
   *
   * @param addend what is added, or null for none
   */
  void evaluate(Values x, Affine affine, Moments moments, Values addend, Values y);

  /**
   * The gradients of {@link #train}.
   *
   * @param y what the training pass left
   * @param delta gradient of y; becomes that of the addend
   * @param gradient is overwritten by those of scale and shift
   * @param inputGradient gradient of x; where it is replaced, its cells for zeros become zero
   * @param into whether that is replaced or added to
   */
  void backward(
      Values x,
      Values y,
      Values delta,
      Affine affine,
      Affine gradient,
      Values inputGradient,
      Into into);

  /**
   * The gradients of running moments, which are what has to be subtracted from them: each keeps a
   * share of itself and takes the rest from the batch, the variance as it is estimated for the
   * population, {@code n / (n - 1)} times that of the batch.
   *
   * @param momentum the share that stays, in [0, 1)
   * @param gradient is overwritten
   */
  void moveMoments(Moments running, double momentum, Moments gradient);
}
