package org.espalier.engine.replica;

import java.nio.FloatBuffer;
import org.espalier.engine.decoding.NextTokens;
import org.espalier.engine.decoding.TokenScorer;
import org.espalier.sparsity.MaskSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * All that parameter averaging sees of a network on one worker: load a vector, train under a mask,
 * read the vector back.
 *
 * <p>A replica keeps nothing between rounds that {@link #load} and {@link #hold} do not replace, so
 * a fresh replica and a pooled one continue with the same bits. Used by one thread at a time.
 */
public interface Replica extends AutoCloseable {
  /** The weights that a step is differentiated by. */
  enum Differentiated {
    /** Those that the masks keep, and all others that no mask is held for. */
    KEPT,
    /** All, masked ones too. */
    ALL
  }

  /** Number of parameters; they come first in the vector. */
  int parameters();

  /** Number of float32 values in the vector: parameters and updater state. */
  int length();

  /**
   * Replaces parameters and updater state.
   *
   * @param vector all {@link #length} values, read from index 0 whatever the position
   * @param step number of steps that led to this vector (what the optimiser's bias correction and
   *     every schedule count from)
   */
  void load(FloatBuffer vector, long step);

  /** Trains and evaluates under these masks from now on. */
  void hold(MaskSet masks);

  /** The hash of the masks that the arithmetic really uses, computed from their bits. */
  long maskHash();

  /**
   * What is drawn in a step (dropout, noise of weights) is a function of this seed, this worker,
   * the step and the layer from now on, whatever was drawn before.
   */
  void drawAs(long seed, int worker);

  /**
   * Runs steps {@code firstStep} to {@code firstStep + steps - 1}, or as far as there are batches.
   */
  StepReport run(WorkerBatches batches, long firstStep, int steps);

  /**
   * Computes the gradient of the loss in the batch of a step, and updates nothing.
   *
   * @param wanted of which weights the gradient will be read
   * @return no steps and no weight if there is no batch
   */
  StepReport differentiate(WorkerBatches batches, long step, Differentiated wanted);

  /**
   * Copies {@code count} values, from {@code from} on, of the gradient that was computed last with
   * respect to the parameters: the mean over what its report counts, penalties included and weight
   * decay not, masked weights as if no mask kept their gradient back, if theirs was asked for;
   * undefined otherwise. Of parameters that are set and not trained, such as running moments, the
   * values after the step.
   */
  void readGradient(int from, float[] target, int count);

  /**
   * Copies {@code count} values of the gradient as {@link #readGradient} gives it, of the
   * parameters that no mask leaves out alone, counted in their order.
   */
  void readKeptGradient(int from, float[] target, int count);

  /**
   * Replaces the parameters that no mask leaves out by the values between the source's position and
   * its limit, in their order.
   */
  void writeKept(FloatBuffer source);

  /**
   * Replaces parameters, from {@code from} on, by the values between the source's position and its
   * limit.
   */
  void write(int from, FloatBuffer source);

  /** What is seen of a minibatch, such as a judge's tally, without training on it. */
  <T> T evaluate(MultiDataSet batch, Observer<T> observer);

  /** Scores of next tokens by the parameters and masks of now, until either changes. */
  NextTokens nextTokens(TokenScorer scorer);

  /** Copies {@code target.remaining()} values of the vector, from {@code from} on. */
  void read(int from, FloatBuffer target);

  /** A copy of the whole vector. */
  default FlatVector vector() {
    return FlatVector.filled(length(), values -> read(0, values));
  }

  @Override
  void close();
}
