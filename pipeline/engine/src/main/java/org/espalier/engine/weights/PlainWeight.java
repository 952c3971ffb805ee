package org.espalier.engine.weights;

import java.util.Optional;
import org.espalier.engine.kernel.TablePasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.sparse.KeptTable;
import org.espalier.engine.sparse.KeptValues;
import org.espalier.engine.tensor.ParameterTensor;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link WeightForm.Plain}. */
final class PlainWeight extends WeightTensor {
  private KeptPasses passes;
  private KeptTable table;

  /** Whether what the mask leaves was written down in this step. */
  private boolean written;

  PlainWeight(ParameterTensor declared, TensorHost host, DataType type) {
    super(declared, host, type);
  }

  @Override
  public void train(Affine affine, Values x, Values y) {
    evaluate(affine, x, y);
  }

  @Override
  public void evaluate(Affine affine, Values x, Values y) {
    affine.map().expect(mask().keptShare());
    affine.map().forward(x, maskedWeights(), y);
    written = true;
    finish(affine, y);
  }

  @Override
  public void backward(Affine affine, Values x, Values y, Values delta, Values inputGradient) {
    finishGradient(affine, delta, y);
    affine.map().backwardWeights(x, delta, gradient());
    if (inputGradient != null) {
      affine.map().backwardInput(delta, sameWeights(), inputGradient);
    }
  }

  @Override
  public boolean leavesOut(LinearMap map) {
    Optional<KeptWeights> kept = mask().kept();
    if (kept.isEmpty()) {
      passes = null;
      return false;
    }
    if (passes == null || !passes.are(kept.get(), map)) {
      passes = KeptPasses.of(kept.get(), map).orElse(null);
    }
    return passes != null;
  }

  @Override
  public void forwardKept(Affine affine, Activations x, Activations y) {
    affine.map().expect(mask().keptShare());
    Optional<KeptValues> apart = mask().apart();
    if (apart.isPresent()) {
      passes.forward(affine, apart.get(), x, y);
    } else {
      passes.forward(affine, weights(), x, y);
    }
  }

  @Override
  public void backwardKept(Affine affine, Activations delta, Activations inputGradient) {
    Optional<KeptValues> apart = mask().apart();
    if (apart.isPresent()) {
      passes.backward(affine, delta, apart.get(), inputGradient);
    } else {
      passes.backward(affine, delta, gradient(), inputGradient);
    }
  }

  @Override
  public void trainRows(Values tokens, Values to) {
    evaluateRows(tokens, to);
  }

  @Override
  public void evaluateRows(Values tokens, Values to) {
    written = false;
    Optional<KeptValues> apart = mask().apart();
    if (apart.isPresent()) {
      table(TablePasses.width(to, tokens)).gather(apart.get().weights(), tokens, to);
    } else if (mask().isDense()) {
      tables().gather(weights(), tokens, to);
    } else {
      tables().gatherKept(weights(), mask().words(), tokens, to);
    }
  }

  @Override
  public void estimate(Values to) {
    mask().keep(rows(), weights(), to);
  }

  private KeptTable table(int width) {
    KeptWeights kept = mask().kept().orElseThrow();
    if (table == null || !table.isOf(kept, width)) {
      table = new KeptTable(kept, width);
    }
    return table;
  }

  @Override
  public boolean leavesOutRows() {
    return mask().kept().isPresent() && kernels().sparse().isPresent();
  }

  @Override
  public void backwardRows(Values tokens, Values delta) {
    Optional<KeptValues> apart = mask().apart();
    if (apart.isPresent()) {
      table(TablePasses.width(delta, tokens)).scatter(delta, tokens, apart.get().gradient());
    } else {
      tables().scatter(delta, tokens, gradient());
    }
  }

  @Override
  public void penaltyGradient() {
    mask().apart().ifPresentOrElse(apart -> apart.gradient().fill(0), this::clearGradient);
  }

  /** Of kept weights; masked ones are no part of the network. */
  @Override
  public double squares() {
    if (passes != null) {
      return passes.squares();
    }
    if (mask().isDense()) {
      return super.squares();
    }
    if (leavesOutRows()) {
      return squaresOfKept(mask().kept().orElseThrow());
    }
    if (!written) {
      maskedWeights();
    }
    return scratchSquares("masked");
  }

  /** In flat order, wherever they lie. */
  private double squaresOfKept(KeptWeights kept) {
    Optional<KeptValues> apart = mask().apart();
    Values values = apart.map(KeptValues::weights).orElseGet(this::weights);
    double sum = 0;
    for (int e = 0; e < kept.count(); e++) {
      double value = values.get(apart.isPresent() ? e : kept.index(e));
      sum += value * value;
    }
    return sum;
  }

  @Override
  public double penalty() {
    return 0;
  }
}
