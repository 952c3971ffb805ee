package org.espalier.engine.replica;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.espalier.engine.replica.VectorLayout.MaskedEntries;
import org.espalier.engine.replica.VectorLayout.Memory;
import org.espalier.engine.tensor.MomentTensors;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.MaskedGradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the layout of a DL4J network's vector. */
public final class Dl4jLayout {
  /** These divide by a norm, and what they make of a gradient of zeros is not always zero. */
  private static final Set<GradientNormalization> DIVIDING =
      EnumSet.of(
          GradientNormalization.RenormalizeL2PerLayer,
          GradientNormalization.RenormalizeL2PerParamType);

  private Dl4jLayout() {}

  /** The layout of an initialised graph. */
  public static VectorLayout of(ComputationGraph graph, MaskedGradient maskedGradient) {
    List<RunningMoments> moments = moments(graph.params(), graph.getLayers());
    moments.addAll(NetworkTensors.of(graph).moments().stream().map(Dl4jLayout::running).toList());
    return of(graph.params(), graph.getUpdater(), graph.getLayers(), moments, maskedGradient);
  }

  private static RunningMoments running(MomentTensors tensors) {
    return new RunningMoments(
        tensors.mean().offset(),
        tensors.variance().offset(),
        tensors.mean().length(),
        RunningMoments.Form.VARIANCE);
  }

  /** The layout of an initialised stack of layers. */
  public static VectorLayout of(MultiLayerNetwork stack, MaskedGradient maskedGradient) {
    List<RunningMoments> moments = moments(stack.params(), stack.getLayers());
    return of(stack.params(), stack.getUpdater(), stack.getLayers(), moments, maskedGradient);
  }

  private static VectorLayout of(
      INDArray params,
      Updater updater,
      Layer[] layers,
      List<RunningMoments> moments,
      MaskedGradient maskedGradient) {
    int parameters = Math.toIntExact(params.length());
    INDArray state = updater.getStateViewArray();
    int length = parameters + (state == null ? 0 : Math.toIntExact(state.length()));
    return new VectorLayout(
        parameters,
        length,
        memories((BaseMultiLayerUpdater<?>) updater, parameters),
        moments,
        maskedEntries(layers, maskedGradient));
  }

  private static List<Memory> memories(BaseMultiLayerUpdater<?> updater, int parameters) {
    List<Memory> memories = new ArrayList<>();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      int size = block.getParamOffsetEnd() - block.getParamOffsetStart();
      int first = parameters + block.getUpdaterViewOffsetStart();
      int end = parameters + block.getUpdaterViewOffsetEnd();
      if ((end - first) % size == 0) {
        for (int at = first; at < end; at += size) {
          memories.add(new Memory(block.getParamOffsetStart(), at, size));
        }
      }
    }
    return memories;
  }

  private static List<RunningMoments> moments(INDArray params, Layer[] layers) {
    List<RunningMoments> moments = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer.conf().getLayer() instanceof BatchNormalization normalisation) {
        boolean logarithmic = normalisation.isUseLogStd();
        INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        INDArray spread =
            layer.getParam(
                logarithmic
                    ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
                    : BatchNormalizationParamInitializer.GLOBAL_VAR);
        moments.add(
            new RunningMoments(
                offset(mean, params),
                offset(spread, params),
                Math.toIntExact(mean.length()),
                logarithmic ? RunningMoments.Form.LOG10_DEVIATION : RunningMoments.Form.VARIANCE));
      }
    }
    return moments;
  }

  /** Where a parameter's view begins in the flat vector. */
  static int offset(INDArray part, INDArray params) {
    return Math.toIntExact(part.offset() - params.offset());
  }

  private static MaskedEntries maskedEntries(Layer[] layers, MaskedGradient maskedGradient) {
    if (maskedGradient != MaskedGradient.NONE) {
      return MaskedEntries.MAY_DIFFER;
    }
    for (Layer layer : layers) {
      var configuration = layer.conf().getLayer();
      boolean constrained =
          configuration.getConstraints() != null && !configuration.getConstraints().isEmpty();
      boolean divided =
          configuration instanceof BaseLayer weighted
              && DIVIDING.contains(weighted.getGradientNormalization());
      if (constrained || divided) {
        return MaskedEntries.MAY_DIFFER;
      }
    }
    return MaskedEntries.AGREE;
  }
}
