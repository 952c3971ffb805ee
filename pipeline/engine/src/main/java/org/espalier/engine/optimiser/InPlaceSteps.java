package org.espalier.engine.optimiser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.engine.kernel.OptimiserPasses;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.sparse.KeptValues;
import org.espalier.engine.tensor.NetworkTensors;

/**
 * The optimiser's steps of a network, subtracted from the weights in the pass that makes them.
 * Where the layers leave the masked weights of a tensor out, so do its steps, until somebody asks
 * for the whole tensor. Has the bits of {@link FusedUpdater} and DL4J's subtraction.
 */
public final class InPlaceSteps implements AutoCloseable {
  /** Before so few steps keeping weights apart costs more than it saves. */
  private static final int WORTHWHILE = 4;

  private final NetworkTensors tensors;
  private final OptimiserPasses passes;
  private final List<FusedUpdater.Part> parts;
  private final List<FusedUpdater.Untrained> untrained;
  private final Map<String, DeferredTensor> deferred = new HashMap<>();

  InPlaceSteps(
      NetworkTensors tensors,
      OptimiserPasses passes,
      List<FusedUpdater.Part> parts,
      List<FusedUpdater.Untrained> untrained) {
    this.tensors = tensors;
    this.passes = passes;
    this.parts = parts;
    this.untrained = untrained;
  }

  /**
   * Takes a step by the gradients that the network's layers have computed.
   *
   * @param step number of steps before this one
   * @param minibatch rows of the batch
   * @param ahead number of steps, with this one, after which somebody asks for whole tensors
   */
  public void take(int step, int minibatch, int ahead) {
    for (FusedUpdater.Part part : parts) {
      UpdatePlan.Part plan = part.plan();
      double scale = plan.scale().factor(minibatch);
      Optional<KeptWeights> kept = tensors.leftIn(plan.tensor());
      if (kept.isPresent() && isKeptApart(plan.tensor(), kept.get(), ahead)) {
        deferred(part, kept.get()).step(step, scale);
      } else {
        settle(plan.tensor());
        double rate = plan.learningRate().at(step);
        passes.apply(plan.rule(), part.tensor(), rate, step + 1, scale, plan.decay());
      }
    }
    untrained.forEach(FusedUpdater.Untrained::subtract);
  }

  private boolean isKeptApart(String tensor, KeptWeights kept, int ahead) {
    return kept.count() > 0 && (ahead >= WORTHWHILE || deferred.containsKey(tensor));
  }

  private DeferredTensor deferred(FusedUpdater.Part part, KeptWeights kept) {
    String name = part.plan().tensor();
    DeferredTensor known = deferred.get(name);
    if (known != null && known.isOf(kept.indices())) {
      return known;
    }
    settle(name);
    DeferredTensor made = new DeferredTensor(part.plan(), passes, part.tensor(), kept.indices());
    deferred.put(name, made);
    tensors
        .mask(name)
        .keepApart(new KeptValues(made.compact().weights(), made.compact().gradient()));
    return made;
  }

  private void settle(String name) {
    DeferredTensor known = deferred.remove(name);
    if (known != null) {
      known.settle();
      known.close();
      tensors.mask(name).keepTogether();
    }
  }

  /** Brings all weights, and what is remembered of them, up to date; layers read them again. */
  public void settle() {
    List.copyOf(deferred.keySet()).forEach(this::settle);
  }

  @Override
  public void close() {
    deferred.values().forEach(DeferredTensor::close);
    deferred.clear();
  }
}
