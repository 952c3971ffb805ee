package org.espalier.engine.optimiser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.OptimiserPasses;
import org.espalier.engine.kernel.Trained;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.LayerArithmetic;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The updater of a graph whose parameters are all trained by a {@link FlatUpdater}: the division by
 * the minibatch, the mask, the weight decay of every tensor and the optimiser's step are one pass
 * over the flat vectors, where DL4J's own updater makes one each. State and result are those of
 * DL4J's updater, to rounding.
 */
public final class FusedUpdater extends ComputationGraphUpdater {
  private static final long serialVersionUID = 1L;
  private static final double NO_DECAY = 0;

  private final transient List<Part> parts = new ArrayList<>();
  private final transient LayerKernels kernels;
  private final transient OptimiserPasses passes;

  /** A tensor, its updater, and the weight decay that its layer asks for. */
  private record Part(
      String name, Trained tensor, FlatUpdater updater, L2Regularization decay, boolean divided) {}

  private FusedUpdater(ComputationGraph graph, INDArray state) {
    super(graph, state);
    this.kernels = LayerArithmetic.of(graph.params().dataType());
    this.passes = kernels.optimiser();
    for (UpdaterBlock block : getUpdaterBlocks()) {
      addParts(block);
    }
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
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot mask the gradient of %s: the tensors are %s."
                            .formatted(name, parts.stream().map(Part::name).toList())));
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
      double rate = part.updater().getLearningRate(step, epoch);
      double scale = isMiniBatch() && part.divided() ? 1.0 / batch : 1;
      double decay = part.decay() == null ? NO_DECAY : part.decay().getL2().valueAt(step, epoch);
      passes.step(part.updater().rule(), part.tensor(), rate, step + 1, scale, decay);
    }
  }

  /** Whether a gradient is the network's own flat vector, be it through another view. */
  private boolean isOwn(INDArray gradient) {
    INDArray own = getFlattenedGradientsView();
    return gradient.data().address() == own.data().address()
        && gradient.offset() == own.offset()
        && gradient.length() == own.length();
  }

  private void addParts(UpdaterBlock block) {
    int length = block.getParamOffsetEnd() - block.getParamOffsetStart();
    for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
      Trainable layer = parameter.getLayer();
      String name = layer.getConfig().getLayerName() + "/" + parameter.getParamName();
      if (!(layer.getConfig().getUpdaterByParam(parameter.getParamName())
          instanceof FlatUpdater updater)) {
        throw notFused(name, "its updater is not a FlatUpdater");
      }
      if (layer.getConfig().getGradientNormalization() != GradientNormalization.None) {
        throw notFused(name, "its layer normalises gradients");
      }
      int from = parameter.getParamOffsetStart() - block.getParamOffsetStart();
      int size = parameter.getParamOffsetEnd() - parameter.getParamOffsetStart();
      int vectors = updater.rule().stateVectors();
      Values state = vectors == 0 ? null : kernels.values(block.getUpdaterView());
      Trained tensor =
          new Trained(
              kernels.values(parameter.getParamView()),
              kernels.values(parameter.getGradView()),
              vectors > 0 ? state.part(from, size) : null,
              vectors > 1 ? state.part(length + from, size) : null);
      boolean divided = layer.updaterDivideByMinibatch(parameter.getParamName());
      parts.add(new Part(name, tensor, updater, decay(name, layer, parameter), divided));
    }
  }

  private static L2Regularization decay(
      String name, Trainable layer, UpdaterBlock.ParamState parameter) {
    List<Regularization> all = layer.getConfig().getRegularizationByParam(parameter.getParamName());
    if (all == null || all.isEmpty()) {
      return null;
    }
    if (all.size() == 1 && all.get(0) instanceof L2Regularization decay) {
      return decay;
    }
    throw notFused(name, "its regularisation is not L2 alone");
  }

  private static IllegalArgumentException notFused(String name, String reason) {
    return new IllegalArgumentException(
        "Cannot fuse the update of %s: %s; leave the graph its own updater."
            .formatted(name, reason));
  }
}
