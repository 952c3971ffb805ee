package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's operations, which other backends run, beside own kernels. */
class OperationLayersTest {
  @AfterEach
  void useKernelsAgain() {
    System.clearProperty(LayerArithmetic.PROPERTY);
  }

  static java.util.stream.Stream<WeightForm> forms() {
    return GradientCheckTest.forms();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void operationsFollowTheKernels(WeightForm form) {
    ComputationGraph kernels = graph(form);
    System.setProperty(LayerArithmetic.PROPERTY, "nd4j");
    ComputationGraph operations = graph(form);
    operations.setParams(kernels.params());
    INDArray input = Nd4j.rand(DataType.DOUBLE, 3, 6, 5, 2).subi(0.3);
    INDArray labels = Networks.labels(DataType.DOUBLE, 3);
    for (int step = 0; step < 3; step++) {
      INDArray expected = Networks.step(kernels, input, labels);
      INDArray actual = Networks.step(operations, input, labels);
      assertThat(actual.distance2(expected))
          .isLessThanOrEqualTo(1e-9 * expected.norm2Number().doubleValue());
      assertThat(operations.score())
          .isCloseTo(kernels.score(), org.assertj.core.data.Offset.offset(1e-9));
    }
    INDArray expected = kernels.outputSingle(input);
    assertThat(operations.outputSingle(input).distance2(expected)).isLessThan(1e-9);
  }

  private static ComputationGraph graph(WeightForm form) {
    ComputationGraph graph =
        Networks.of(
            DataType.DOUBLE,
            InputType.convolutional(6, 5, 2, CNN2DFormat.NHWC),
            new SparseConvolution.Builder(2, 3, 3).padding(1).rectified().form(form).build(),
            new MaxPooling(2),
            new SparseConvolution.Builder(3, 4, 2).withoutBias().form(form).build(),
            new SparseDense.Builder(8, Networks.CLASSES).form(form).build());
    NetworkTensors.of(graph).draw(new NoiseContext(4, 2));
    return graph;
  }
}
