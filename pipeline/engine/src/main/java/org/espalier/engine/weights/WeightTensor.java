package org.espalier.engine.weights;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.TablePasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One weight tensor in one replica, of any {@link WeightForm}: the passes that it takes part in, as
 * a linear map or as a table of rows, with its mask, its noise, its penalty and its gradients. A
 * layer or vertex composes as many as it has weight tensors.
 *
 * <p>Owns its scratch memory until close. Used by one thread at a time; a backward pass follows the
 * training pass of the same batch.
 */
public abstract sealed class WeightTensor implements AutoCloseable
    permits PlainWeight, VariationalWeight, HardConcreteWeight {
  private static final String OCCURRENCES = "/occurrences";

  private final ParameterTensor declared;
  private final int length;
  private final TensorHost host;
  private final LayerKernels kernels;
  private final ScratchValues scratch;
  private final HeldMask mask;
  private final RowPasses rows;
  private final TablePasses tables;
  private NoiseContext context = new NoiseContext(0, 0);
  private Noise given;

  WeightTensor(ParameterTensor declared, TensorHost host, DataType type) {
    this.declared = declared;
    this.host = host;
    this.kernels = LayerArithmetic.of(type);
    this.scratch = new ScratchValues(kernels, type);
    this.length = declared.length();
    this.mask = new HeldMask(length);
    this.rows = kernels.rows();
    this.tables = kernels.tables();
  }

  /**
   * A tensor of weights of a form.
   *
   * @param declared the tensor, with the companion that the form asks for
   * @param host the layer or vertex that it belongs to
   * @param type of its values, float32 or float64
   * @param turned what the tensors of the host take turns with
   */
  static WeightTensor of(
      WeightForm form,
      ParameterTensor declared,
      TensorHost host,
      DataType type,
      TurnedScratch turned) {
    if (form instanceof WeightForm.Variational variational) {
      return new VariationalWeight(declared, host, type, turned, variational);
    }
    if (form instanceof WeightForm.HardConcrete gated) {
      return new HardConcreteWeight(declared, host, type, gated);
    }
    return new PlainWeight(declared, host, type);
  }

  /** The training pass: computes y from x and keeps what the backward pass needs. */
  public abstract void train(Affine affine, Values x, Values y);

  /** The evaluation pass: computes y from x. */
  public abstract void evaluate(Affine affine, Values x, Values y);

  /**
   * The backward pass of {@link #train}: overwrites the gradients of the tensor, of its companion
   * and of the bias, the penalty's included.
   *
   * @param delta gradient of y, changed
   * @param inputGradient is overwritten, or null where none is wanted
   */
  public abstract void backward(
      Affine affine, Values x, Values y, Values delta, Values inputGradient);

  /** Whether passes through a map leave masked weights out. */
  public boolean leavesOut(LinearMap map) {
    return false;
  }

  /**
   * The pass of {@link #train} and {@link #evaluate} where {@link #leavesOut masked weights are
   * left out}.
   */
  public void forwardKept(Affine affine, Activations x, Activations y) {
    throw computesWhole();
  }

  /**
   * The pass of {@link #backward} where {@link #leavesOut masked weights are left out}: overwrites
   * the gradients of the kept weights alone.
   *
   * @param delta gradient of y
   * @param inputGradient is overwritten, or null where none is wanted
   */
  public void backwardKept(Affine affine, Activations delta, Activations inputGradient) {
    throw computesWhole();
  }

  private IllegalStateException computesWhole() {
    return new IllegalStateException(
        "Cannot leave out the masked weights of %s: it computes with all of them."
            .formatted(declared.name()));
  }

  /** Whether rows can be looked up in kept weights that lie apart. */
  public boolean leavesOutRows() {
    return false;
  }

  /**
   * The training pass of a table: the rows of some tokens, drawn anew for every occurrence.
   *
   * @param tokens `[occurrences]`
   * @param to `[occurrences, width]`
   */
  public abstract void trainRows(Values tokens, Values to);

  /** The evaluation pass of a table. */
  public abstract void evaluateRows(Values tokens, Values to);

  /**
   * The backward pass of {@link #trainRows}: adds to the gradients of the tensor and of its
   * companion, which {@link #penaltyGradient} or {@link #backward} overwrote before.
   *
   * @param delta gradient of the rows, changed
   */
  public abstract void backwardRows(Values tokens, Values delta);

  /**
   * The weights that evaluation computes with.
   *
   * @param to `[length]`, overwritten
   */
  public abstract void estimate(Values to);

  /** Overwrites the gradients of the tensor and of its companion with those of the penalty. */
  public abstract void penaltyGradient();

  /** The penalty in the loss, with its factor; 0 for plain weights. */
  public abstract double penalty();

  /** The sum of the squares of the weights that the pass before computed with. */
  public double squares() {
    double norm = host.parameter(declared.key()).norm2Number().doubleValue();
    return norm * norm;
  }

  /** The mask that every pass reads the tensor through. */
  public final HeldMask mask() {
    return mask;
  }

  /** Draws the noise of this seed and worker from the next step on. */
  public final void draw(NoiseContext next) {
    context = next;
  }

  /** Uses these numbers at every step, for tests. */
  public final void use(Noise numbers) {
    given = numbers;
  }

  @Override
  public final void close() {
    scratch.close();
  }

  final LayerKernels kernels() {
    return kernels;
  }

  final RowPasses rows() {
    return rows;
  }

  final TablePasses tables() {
    return tables;
  }

  final TensorHost host() {
    return host;
  }

  final int length() {
    return length;
  }

  final Values weights() {
    return kernels.values(host.parameter(declared.key()));
  }

  /** What the mask leaves of the weights, computed anew for a pass. */
  final Values maskedWeights() {
    Values weights = weights();
    if (mask.isDense()) {
      return weights;
    }
    Values kept = scratch("masked");
    mask.keep(rows, weights, kept);
    return kept;
  }

  /** What {@link #maskedWeights} left for the pass before. */
  final Values sameWeights() {
    return mask.isDense() ? weights() : scratch("masked");
  }

  final Values gradient() {
    return kernels.values(host.gradient(declared.key()));
  }

  final void clearGradient() {
    host.gradient(declared.key()).assign(0);
  }

  final Values companion() {
    return kernels.values(host.parameter(companionKey()));
  }

  final Values companionGradient() {
    return kernels.values(host.gradient(companionKey()));
  }

  final void clearCompanionGradient() {
    host.gradient(companionKey()).assign(0);
  }

  private String companionKey() {
    return declared.companion().orElseThrow();
  }

  /** The noise of this step. */
  final Noise noise() {
    return noise("");
  }

  /** The noise of this step for the occurrences of tokens. */
  final Noise noiseOfOccurrences() {
    return noise(OCCURRENCES);
  }

  private Noise noise(String purpose) {
    return given != null ? given : context.noise(host.step(), declared.noiseName() + purpose);
  }

  /** What follows the sums of a pass. */
  final void finish(Affine affine, Values y) {
    if (!affine.isLinear()) {
      rows.activate(y, bias(affine), affine.activation());
    }
  }

  /** The gradient before {@link #finish}. */
  final void finishGradient(Affine affine, Values delta, Values y) {
    if (!affine.isLinear()) {
      rows.gradient(delta, y, affine.activation(), biasGradient(affine));
    }
  }

  final Values bias(Affine affine) {
    return affine.bias() != null ? affine.bias() : zeros("no bias", affine);
  }

  final Values biasGradient(Affine affine) {
    return affine.biasGradient() != null
        ? affine.biasGradient()
        : zeros("gradient of no bias", affine);
  }

  private Values zeros(String purpose, Affine affine) {
    return scratch.zeros(purpose, affine.map().outputs());
  }

  /** Zeros, a number per value of a row. */
  final Values zerosOfRow(Values tokens, Values rows) {
    return scratch.zeros("no bias of rows", TablePasses.width(rows, tokens));
  }

  /** A vector of the tensor's own, as long as the tensor. */
  final double scratchSquares(String purpose) {
    return scratch.squares(purpose);
  }

  final Values scratch(String purpose) {
    return scratch(purpose, length());
  }

  /** A vector of the tensor's own. */
  final Values scratch(String purpose, int length) {
    return scratch.of(purpose, length);
  }
}
