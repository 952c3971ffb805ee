package org.espalier.engine.kernel;

/**
 * Sparse variational dropout (Molchanov et al. 2017; the paper, section 3.2). Every weight has a
 * mean theta and a log sigma^2; its noise is {@code log alpha = log sigma^2 - log(theta^2 + 1e-8)},
 * clipped to [-8, 8]. In place, without allocation; an object is used by one thread at a time.
 */
public interface VariationalPasses {
  /** Added to theta^2 in a logarithm, and to a variance under a root. */
  double EPSILON = 1e-8;

  /** Bound of |log alpha| in training. */
  double CLIP = 8;

  /** First constant of the KL approximation. */
  double K1 = 0.63576;

  /** Second constant of the KL approximation. */
  double K2 = 1.87320;

  /** Third constant of the KL approximation. */
  double K3 = 1.48695;

  /** The variance of every weight, {@code exp(clipped log alpha) * (theta^2 + 1e-8)}. */
  void variance(Values theta, Values logSigma2, Values to);

  /**
   * Local reparameterisation: {@code output = activation(mean + bias + sqrt(variance + 1e-8) e)}.
   *
   * @param output holds the mean, `[rows, columns]`; becomes the output
   * @param deviation holds the variance; becomes its root, for the backward pass
   * @param bias `[columns]`
   * @param noise e, standard normal
   */
  void sample(
      Values output,
      Values deviation,
      Values bias,
      Activation activation,
      Noise noise,
      Sharing sharing);

  /**
   * The gradients before {@link #sample}.
   *
   * @param delta gradient of the output; becomes that of the mean
   * @param output what {@link #sample} left
   * @param deviation what {@link #sample} left; becomes the gradient of the variance
   * @param biasGradient `[columns]`, overwritten
   */
  void sampleGradient(
      Values delta,
      Values output,
      Values deviation,
      Activation activation,
      Noise noise,
      Sharing sharing,
      Values biasGradient);

  /**
   * Takes the gradients of mean and variance back to the parameters and adds those of {@code weight
   * * KL}.
   *
   * @param variance what {@link #variance} gave for these parameters
   * @param thetaGradient holds the gradient through the mean; becomes that of theta
   * @param varianceGradient holds the gradient of the variance; becomes that of log sigma^2
   * @param weight factor of the KL divergence; 0 leaves it out
   * @return the KL divergence summed over the weights, without the factor; 0 where weight is 0
   */
  double parameterGradient(
      Values theta, Values variance, Values thetaGradient, Values varianceGradient, double weight);

  /** The KL divergence summed over the weights. */
  double divergence(Values theta, Values logSigma2);

  /**
   * The weights of evaluation: theta where the unclipped log alpha is below a threshold, else 0.
   */
  void keepBelow(double threshold, Values theta, Values logSigma2, Values to);

  /** Zeroes the gradients of weights of which {@link #keepBelow} has left 0. */
  void keepGradient(Values kept, Values gradient);
}
