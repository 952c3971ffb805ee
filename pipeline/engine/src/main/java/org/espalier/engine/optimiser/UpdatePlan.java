package org.espalier.engine.optimiser;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.espalier.engine.kernel.UpdateRule;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * The plan by which the parameters of a network are updated, tensor by tensor, apart from the
 * network: enough to take an optimiser's step on any range of its flat vector. Immutable.
 *
 * @param parts of the trained tensors, in the order of the flat vector; parameters in none of them,
 *     such as running moments, are set and not trained
 * @param parameters number of parameters
 */
public record UpdatePlan(List<Part> parts, int parameters) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A tensor, and how it is updated.
   *
   * @param tensor its name, {@code layer/parameter}
   * @param offset of its first value in the flat vector
   * @param length number of its values
   * @param rule what a gradient becomes
   * @param learningRate by step
   * @param decay factor of the weights that is added to the gradient
   * @param memories where the state vectors of the rule begin in the flat vector, in their order
   * @param scale of the gradient that its layer computes
   */
  public record Part(
      String tensor,
      int offset,
      int length,
      UpdateRule rule,
      LearningRate learningRate,
      double decay,
      List<Integer> memories,
      Scale scale)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public Part {
      memories = List.copyOf(memories);
    }

    int end() {
      return offset + length;
    }
  }

  /** A range of the parameters. */
  record Range(int from, int end) {}

  /** The scale of a gradient as a layer computes it. */
  public enum Scale {
    /** The sum over the rows of the minibatch, which is divided by their number. */
    SUM,
    /** As it is to be applied. */
    MEAN;

    /** The factor that makes a mean of it. */
    public double factor(int minibatch) {
      return this == SUM ? 1.0 / minibatch : 1;
    }
  }

  /** Copies the list. */
  public UpdatePlan {
    parts = List.copyOf(parts);
  }

  /**
   * The plan of an initialised graph.
   *
   * @throws IllegalArgumentException if a parameter is trained in another way than by a {@link
   *     FlatUpdater}, with L2 weight decay or none; with the reason
   */
  public static UpdatePlan of(ComputationGraph graph) {
    int parameters = Math.toIntExact(graph.params().length());
    List<Part> parts = new ArrayList<>();
    ComputationGraphUpdater updater = graph.getUpdater();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
        if (!isSet(parameter)) {
          parts.add(part(block, parameter, parameters, graph));
        }
      }
    }
    return new UpdatePlan(parts, parameters);
  }

  /**
   * The plan of an initialised graph whose parameters are updated elsewhere.
   *
   * @throws IllegalArgumentException as {@link #of}, or if a layer has constraints, which only the
   *     graph's own updates honour
   */
  public static UpdatePlan elsewhere(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      List<LayerConstraint> constraints = layer.conf().getLayer().getConstraints();
      if (constraints != null && !constraints.isEmpty()) {
        throw new IllegalArgumentException(
            "Cannot update the layer %s apart from its network: it has constraints on its weights; remove them."
                .formatted(layer.conf().getLayer().getLayerName()));
      }
    }
    return of(graph);
  }

  /** The ranges of the parameters that are in no part: what is set and not trained. */
  List<Range> untrained() {
    List<Range> ranges = new ArrayList<>();
    int at = 0;
    for (Part part : parts) {
      if (at < part.offset()) {
        ranges.add(new Range(at, part.offset()));
      }
      at = part.end();
    }
    if (at < parameters) {
      ranges.add(new Range(at, parameters));
    }
    return ranges;
  }

  private static boolean isSet(UpdaterBlock.ParamState parameter) {
    return parameter.getLayer().getConfig().getUpdaterByParam(parameter.getParamName())
        instanceof NoOp;
  }

  private static Part part(
      UpdaterBlock block,
      UpdaterBlock.ParamState parameter,
      int parameters,
      ComputationGraph graph) {
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
    int blockLength = block.getParamOffsetEnd() - block.getParamOffsetStart();
    List<Integer> memories = new ArrayList<>();
    for (int vector = 0; vector < updater.rule().stateVectors(); vector++) {
      memories.add(parameters + block.getUpdaterViewOffsetStart() + vector * blockLength + from);
    }
    boolean divided =
        graph.conf().isMiniBatch() && layer.updaterDivideByMinibatch(parameter.getParamName());
    return new Part(
        name,
        parameter.getParamOffsetStart(),
        parameter.getParamOffsetEnd() - parameter.getParamOffsetStart(),
        updater.rule(),
        updater.learningRate(),
        decay(name, layer, parameter),
        memories,
        divided ? Scale.SUM : Scale.MEAN);
  }

  private static double decay(String name, Trainable layer, UpdaterBlock.ParamState parameter) {
    List<Regularization> all = layer.getConfig().getRegularizationByParam(parameter.getParamName());
    if (all == null || all.isEmpty()) {
      return 0;
    }
    if (all.size() == 1
        && all.get(0) instanceof L2Regularization decay
        && decay.getL2() instanceof FixedSchedule fixed) {
      return fixed.valueAt(0, 0);
    }
    throw notFused(name, "its regularisation is not a constant L2 alone");
  }

  private static IllegalArgumentException notFused(String name, String reason) {
    return new IllegalArgumentException(
        "Cannot fuse the update of %s: %s; leave the graph its own updater."
            .formatted(name, reason));
  }
}
