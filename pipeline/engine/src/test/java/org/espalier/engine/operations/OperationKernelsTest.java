package org.espalier.engine.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.ArrayValues;
import org.espalier.engine.kernel.Convolution;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.PoolingShape;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's operations beside the reference kernels, in float64. */
class OperationKernelsTest {
  private static final int ROWS = 6;
  private final Noise noise = Noise.stream(3);

  /** What is computed of the same operands by both; returns what the pass returns. */
  private interface Pass {
    double run(LayerKernels kernels, Values... operands);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void biasAndActivationFollowTheReference(Activation activation) {
    compare(
        (kernels, v) -> {
          kernels.rows().activate(v[0], v[1], activation);
          kernels.rows().gradient(v[2], v[0], activation, v[1]);
          return 0;
        },
        normals(ROWS * 5),
        normals(5),
        normals(ROWS * 5));
  }

  @Test
  void passesOverVectorsFollowTheReference() {
    compare(
        (kernels, v) -> {
          kernels.rows().multiply(v[0], v[1], v[2]);
          kernels.rows().keep(v[2], new long[] {0x5a5a5a5a5a5a5a5aL}, v[2]);
          kernels.rows().square(v[2], v[3]);
          kernels.rows().addProduct(v[3], 0.3, v[0], v[2]);
          kernels.rows().add(v[3], v[1]);
          kernels.rows().dropout(v[3], 0.25, noise, v[2]);
          kernels.rows().addNormal(v[2], 0.5, noise, v[1]);
          return 0;
        },
        normals(17),
        normals(17),
        normals(17),
        normals(17));
    assertThatThrownBy(
            () ->
                new OperationKernels()
                    .rows()
                    .dropout(array(normals(3)), 1, noise, array(normals(3))))
        .hasMessage("Cannot drop values at a rate of 1.0: it must be at least 0 and below 1.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void variationalPassesFollowTheReference(int sharing) {
    INDArray theta = normals(ROWS * 4);
    theta.putScalar(0, 0);
    INDArray logs = normals(ROWS * 4).muli(5).subi(4);
    logs.putScalar(1, 40);
    compare(
        (kernels, v) -> {
          var passes = kernels.variational();
          passes.variance(v[0], v[1], v[2]);
          passes.keepBelow(0.5, v[0], v[1], v[6]);
          passes.keepGradient(v[6], v[3]);
          double sum = passes.parameterGradient(v[0], v[2], v[3], v[4], 0.1);
          passes.sample(v[3], v[2], v[5], Activation.RELU, noise, new Sharing(sharing));
          passes.sampleGradient(
              v[4], v[3], v[2], Activation.RELU, noise, new Sharing(sharing), v[5]);
          return sum + passes.divergence(v[0], v[1]);
        },
        theta,
        logs,
        normals(ROWS * 4),
        normals(ROWS * 4),
        normals(ROWS * 4),
        normals(4),
        normals(ROWS * 4));
  }

  @Test
  void gatesFollowTheReference() {
    compare(
        (kernels, v) -> {
          var passes = kernels.gates();
          passes.draw(v[0], v[1], noise, v[2], v[3], v[4]);
          double sum = passes.gradient(v[0], v[2], v[3], v[5], v[6], 0.2);
          passes.estimate(v[0], v[1], v[7]);
          sum += passes.penaltyGradient(v[1], v[8], 0.3);
          sum += passes.decayGradient(v[0], v[1], v[5], v[6], 0.4);
          return sum + passes.expectedOpen(v[1]) + passes.expectedSquares(v[0], v[1]);
        },
        normals(33),
        normals(33).muli(3),
        normals(33),
        normals(33),
        normals(33),
        normals(33),
        normals(33),
        normals(33),
        normals(33));
  }

  @ParameterizedTest
  @EnumSource(Smoothing.Kind.class)
  void lossesFollowTheReference(Smoothing.Kind kind) {
    INDArray classes = Nd4j.createFromArray(0.0, 2, 1, 1, 0, 2);
    INDArray weights = Nd4j.createFromArray(1.0, 0, 0.5, 1, 2, 1);
    Smoothing smoothing = new Smoothing(kind, 0.1);
    compare(
        (kernels, v) -> {
          kernels.loss().softmax(v[0], 3, v[3]);
          return kernels.loss().crossEntropy(v[0], v[1], 3, smoothing, v[2], 0.5, v[4])
              + kernels.loss().crossEntropy(v[0], v[3], 3, smoothing, null, 0.5, v[5]);
        },
        normals(ROWS * 3),
        classes,
        weights,
        normals(ROWS * 3),
        normals(ROWS * 3),
        normals(ROWS * 3));
  }

  @Test
  void tablesFollowTheReference() {
    compare(
        (kernels, v) -> {
          kernels.tables().gather(v[0], v[1], v[2]);
          kernels.tables().scatter(v[2], v[1], v[0]);
          kernels.tables().gatherKept(v[0], new long[] {0b1011_0010_1110_0101_1001}, v[1], v[2]);
          return 0;
        },
        normals(4 * 5),
        Nd4j.createFromArray(3.0, 0, 3),
        normals(3 * 5));
  }

  @ParameterizedTest
  @EnumSource(ProductShape.Form.class)
  void productsFollowTheReference(ProductShape.Form form) {
    ProductShape dense =
        switch (form) {
          case PLAIN -> ProductShape.plain(3, 4, 5);
          case RIGHT_TRANSPOSED -> ProductShape.rightTransposed(3, 4, 5);
          case LEFT_TRANSPOSED -> ProductShape.leftTransposed(3, 4, 5);
        };
    ProductShape apart = dense.strides(7, 8, 9).adding();
    compare(
        (kernels, v) -> {
          kernels.products().multiply(dense, v[0], v[1], v[2]);
          kernels
              .products()
              .multiply(apart, new Products.Repetition(2, 3, 2, 30), v[0], v[1], v[2]);
          return 0;
        },
        normals(60),
        normals(60),
        normals(60));
  }

  @Test
  void convolutionsAndPoolingFollowTheReference() {
    ConvolutionShape shape = new ConvolutionShape(2, 7, 5, 3, 4, 3, 3, 2, 1);
    PoolingShape windows = new PoolingShape(2, 7, 5, 3, 2);
    compare(
        (kernels, v) -> {
          try (Convolution convolution = kernels.convolution(shape)) {
            convolution.forward(v[0], v[1], v[2]);
            convolution.backwardKernels(v[0], v[2], v[1]);
            convolution.backwardImages(v[2], v[1], v[3]);
          }
          kernels.pooling().forward(windows, v[0], v[4]);
          kernels.pooling().backward(windows, v[0], v[4], v[4], v[3]);
          return 0;
        },
        normals(shape.imageLength()),
        normals(shape.kernelLength()),
        normals(shape.resultLength()),
        normals(shape.imageLength()),
        normals(2 * 3 * 2 * 3));
  }

  @Test
  void arraysAreReadInTheOrderOfTheirMemory() {
    INDArray columns = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}).dup('f');
    Values values = new OperationKernels().values(columns);
    assertThat(values.get(1)).isEqualTo(3);
    values.part(2, 2).fill(9);
    values.set(0, 7);
    assertThat(columns).isEqualTo(Nd4j.createFromArray(new double[][] {{7, 9}, {3, 9}}));
    values.release();
    assertThatThrownBy(() -> values.get(0))
        .hasMessage(
            "Cannot use values after they were released; release them when the last kernel is done.");
    assertThatThrownBy(() -> ArrayValues.require(Values.floats(3)))
        .hasMessage("Cannot run ND4J's operations on off-heap values; take ArrayValues.of(array).");
  }

  private static void compare(Pass pass, INDArray... operands) {
    INDArray[] expected = copies(operands);
    INDArray[] actual = copies(operands);
    double reference = run(pass, Kernels.reference(), expected);
    double operations = run(pass, new OperationKernels(), actual);
    for (int i = 0; i < operands.length; i++) {
      assertThat(actual[i].toDoubleVector())
          .as("operand %d", i)
          .containsExactly(expected[i].toDoubleVector(), within(1e-9));
    }
    assertThat(operations).isCloseTo(reference, within(1e-9));
  }

  private static INDArray[] copies(INDArray[] operands) {
    return Arrays.stream(operands).map(INDArray::dup).toArray(INDArray[]::new);
  }

  private static double run(Pass pass, LayerKernels kernels, INDArray[] operands) {
    return pass.run(kernels, Arrays.stream(operands).map(kernels::values).toArray(Values[]::new));
  }

  private static Values array(INDArray values) {
    return ArrayValues.of(values);
  }

  private static INDArray normals(int length) {
    return Nd4j.randn(DataType.DOUBLE, length);
  }
}
