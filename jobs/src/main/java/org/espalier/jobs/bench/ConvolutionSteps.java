package org.espalier.jobs.bench;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.layer.SparseConvolution;
import org.espalier.engine.weights.WeightForm;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** One convolution in a ComputationGraph, forward and backward in its input and its weights. */
final class ConvolutionSteps {
  private static final int CHANNELS = 64;
  private static final int SIDE = 28;
  private static final int KERNEL = 3;

  private ConvolutionSteps() {}

  static KernelWorkload.Step of(int batch, WeightForm form) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new NoOp())
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .addInputs("images")
                .addLayer(
                    "conv",
                    new SparseConvolution.Builder(CHANNELS, CHANNELS, KERNEL)
                        .padding(1)
                        .withoutBias()
                        .form(form)
                        .build(),
                    "images")
                .setOutputs("conv")
                .build());
    graph.init();
    graph.initGradientsView();
    INDArray[] images = {Nd4j.randn(DataType.FLOAT, batch, SIDE, SIDE, CHANNELS)};
    INDArray ones = Nd4j.ones(DataType.FLOAT, batch, SIDE, SIDE, CHANNELS);
    String name =
        form instanceof WeightForm.Variational
            ? "conv-vd"
            : form instanceof WeightForm.HardConcrete ? "conv-l0" : "conv";
    return new KernelWorkload.Step(
        name + " b" + batch,
        batch,
        () -> {
          graph.feedForward(images, true, false);
          graph.backpropGradient(ones);
          graph.clearLayersStates();
        });
  }
}
