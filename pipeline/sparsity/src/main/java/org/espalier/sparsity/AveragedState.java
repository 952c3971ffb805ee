package org.espalier.sparsity;

import java.util.Optional;

/**
 * What a masking method may look at: the parameters that all workers share after averaging, and the
 * masks that they trained with.
 *
 * <p>Arrays are shared, not copied, and must not be written to while the state is in use. Weights
 * are raw: a masked weight has the value that it had when it was masked and that decay and momentum
 * moved since.
 */
public final class AveragedState {
  private final long step;
  private final SparseTensors tensors;
  private final float[] weights;
  private final MaskSet masks;
  private final Optional<float[]> gradients;

  private AveragedState(
      long step,
      SparseTensors tensors,
      float[] weights,
      MaskSet masks,
      Optional<float[]> gradients) {
    this.step = step;
    this.tensors = tensors;
    this.weights = weights;
    this.masks = masks;
    this.gradients = gradients;
  }

  /**
   * The state after {@code step} optimiser steps.
   *
   * @param weights the flat vector of averaged parameters; tensors lie at their offsets
   * @param masks of exactly these tensors
   * @throws org.espalier.base.Refusal if the masks are those of another network
   */
  public static AveragedState after(
      long step, SparseTensors tensors, float[] weights, MaskSet masks) {
    requireRoom("weights", tensors, weights);
    masks.requireFits(tensors);
    return new AveragedState(step, tensors, weights, masks, Optional.empty());
  }

  /** The state of an initialised network: step 0, dense masks. */
  public static AveragedState initial(SparseTensors tensors, float[] weights) {
    return after(0, tensors, weights, MaskSet.dense(tensors));
  }

  /**
   * This state with averaged gradients, for methods that {@linkplain MaskingMethod#needsGradients
   * need them}.
   *
   * @param averaged a flat vector like the weights: the loss gradient with respect to the effective
   *     weights, masked positions included
   */
  public AveragedState withGradients(float[] averaged) {
    requireRoom("gradients", tensors, averaged);
    return new AveragedState(step, tensors, weights, masks, Optional.of(averaged));
  }

  /** Number of finished optimiser steps. */
  public long step() {
    return step;
  }

  /** The tensors that may be sparsified. */
  public SparseTensors tensors() {
    return tensors;
  }

  /** The flat vector of averaged raw parameters; not a copy. */
  public float[] weights() {
    return weights;
  }

  /** The masks of the steps that led here. */
  public MaskSet masks() {
    return masks;
  }

  /** The flat vector of averaged gradients; not a copy. */
  public float[] gradients() {
    return gradients.orElseThrow(
        () ->
            new IllegalStateException(
                "Cannot look at gradients at step "
                    + step
                    + ": a masking method must say that it needs them"));
  }

  private static void requireRoom(String what, SparseTensors tensors, float[] vector) {
    for (SparseTensor tensor : tensors) {
      if (tensor.end() > vector.length) {
        throw new IllegalArgumentException(
            "Cannot find " + tensor + " in a flat vector of " + vector.length + " " + what);
      }
    }
  }
}
