package org.espalier.engine.optimiser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.OptimiserPasses;
import org.espalier.engine.kernel.Trained;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.NetworkTensors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The updater of a graph whose trained parameters are all trained by a {@link FlatUpdater}: the
 * division by the minibatch, the mask, the weight decay of every tensor and the optimiser's step
 * are one pass over the flat vectors, where DL4J's own updater makes one each. State and result are
 * those of DL4J's updater, to rounding.
 */
public final class FusedUpdater extends ComputationGraphUpdater {
  private static final long serialVersionUID = 1L;

  private final transient List<Part> parts = new ArrayList<>();
  private final transient List<Untrained> untrained = new ArrayList<>();
  private final transient LayerKernels kernels;
  private final transient OptimiserPasses passes;

  /** A tensor, and how it is updated. */
  record Part(UpdatePlan.Part plan, Trained tensor) {}

  /** Parameters that are set: their gradient is what has to be subtracted, as it is. */
  record Untrained(Values parameters, Values gradient) {
    void subtract() {
      for (int i = 0; i < parameters.length(); i++) {
        parameters.set(i, parameters.get(i) - gradient.get(i));
      }
    }
  }

  private FusedUpdater(ComputationGraph graph, INDArray state) {
    super(graph, state);
    this.kernels = LayerArithmetic.of(graph.params().dataType());
    this.passes = kernels.optimiser();
    UpdatePlan plan = UpdatePlan.of(graph);
    Values parameters = kernels.values(graph.params());
    Values gradients = kernels.values(graph.getGradientsViewArray());
    Values states = state == null ? null : kernels.values(state);
    for (UpdatePlan.Part part : plan.parts()) {
      parts.add(new Part(part, trained(part, parameters, gradients, states)));
    }
    for (UpdatePlan.Range range : plan.untrained()) {
      int length = range.end() - range.from();
      untrained.add(
          new Untrained(
              parameters.part(range.from(), length), gradients.part(range.from(), length)));
    }
  }

  private static Trained trained(
      UpdatePlan.Part part, Values parameters, Values gradients, Values states) {
    List<Values> memories =
        part.memories().stream()
            .map(memory -> states.part(memory - parameters.length(), part.length()))
            .toList();
    return new Trained(
        parameters.part(part.offset(), part.length()),
        gradients.part(part.offset(), part.length()),
        memories.isEmpty() ? null : memories.get(0),
        memories.size() < 2 ? null : memories.get(1));
  }

  /**
   * Gives the graph this updater in place of DL4J's, with the state that it has.
   *
   * @throws IllegalArgumentException if a parameter is trained in a way that cannot be fused
   */
  public static FusedUpdater install(ComputationGraph graph) {
    FusedUpdater updater = new FusedUpdater(graph, graph.getUpdater().getStateViewArray());
    graph.setUpdater(updater);
    return updater;
  }

  /**
   * As {@link #install} where the graph's parameters are all trained in a way that can be fused.
   */
  public static Optional<FusedUpdater> installWhereItFits(ComputationGraph graph) {
    try {
      return Optional.of(install(graph));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Zeroes the loss gradient of a tensor's masked weights from now on.
   *
   * @param name the tensor's, {@code layer/parameter}
   * @param kept one bit per weight in flat order, set where it is kept, not copied; null for none
   * @throws IllegalArgumentException if there is no such tensor or there are too few bits
   */
  public void mask(String name, long[] kept) {
    Part part =
        parts.stream()
            .filter(candidate -> candidate.plan().tensor().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot mask the gradient of %s: the tensors are %s."
                            .formatted(
                                name, parts.stream().map(each -> each.plan().tensor()).toList())));
    part.tensor().mask(kept);
  }

  @Override
  public synchronized void update(
      Gradient gradient, int step, int epoch, int batch, LayerWorkspaceMgr workspaces) {
    if (!isOwn(gradient.gradient())) {
      super.update(gradient, step, epoch, batch, workspaces);
      return;
    }
    if (network.params().wasClosed()) {
      throw new IllegalStateException(
          "Cannot update a network after it was closed; close it when the last step is done.");
    }
    for (Part part : parts) {
      UpdatePlan.Part plan = part.plan();
      passes.step(
          plan.rule(),
          part.tensor(),
          plan.learningRate().at(step),
          step + 1,
          plan.scale().factor(batch),
          plan.decay());
    }
  }

  /**
   * The same steps taken in place, where the arithmetic of the network's layers has such a form.
   */
  public Optional<InPlaceSteps> inPlace(NetworkTensors tensors) {
    return kernels.sparse().map(lanes -> new InPlaceSteps(tensors, passes, parts, untrained));
  }

  /** Whether a gradient is the network's own flat vector, be it through another view. */
  private boolean isOwn(INDArray gradient) {
    INDArray own = getFlattenedGradientsView();
    return gradient.data().address() == own.data().address()
        && gradient.offset() == own.offset()
        && gradient.length() == own.length();
  }
}
