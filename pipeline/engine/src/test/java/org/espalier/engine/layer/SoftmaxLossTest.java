package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.operations.LayerArithmetic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The loss on kernels and on ND4J's operations. */
class SoftmaxLossTest {
  private static final int CLASSES = 5;
  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  @AfterEach
  void useKernelsAgain() {
    System.clearProperty(LayerArithmetic.PROPERTY);
  }

  @ParameterizedTest
  @EnumSource(Smoothing.Kind.class)
  void operationsFollowTheKernelsOnWeighedSentences(Smoothing.Kind kind) {
    Smoothing smoothing = new Smoothing(kind, 0.1);
    INDArray weights = Nd4j.createFromArray(new double[][] {{1, 1, 0.5}, {1, 0, 0}});
    for (INDArray mask : new INDArray[] {weights, null}) {
      IOutputLayer kernels = loss("", smoothing, mask, numbers(2));
      IOutputLayer operations = loss("nd4j", smoothing, mask, numbers(2));
      INDArray expected = kernels.backpropGradient(null, WORKSPACES).getSecond();
      INDArray actual = operations.backpropGradient(null, WORKSPACES).getSecond();
      assertThat(actual.sub(expected).normmaxNumber().doubleValue()).isLessThan(1e-12);
      assertThat(expected.normmaxNumber().doubleValue()).isPositive();
      double score = kernels.computeScore(0.25, true, WORKSPACES);
      assertThat(operations.computeScore(0.25, true, WORKSPACES)).isCloseTo(score, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-2, CLASSES, 1.5, Double.NaN})
  void aClassThatDoesNotExistIsRefused(double number) {
    for (String math : new String[] {"", "nd4j"}) {
      IOutputLayer loss = loss(math, Smoothing.NONE, null, numbers(number));
      assertThatThrownBy(() -> loss.backpropGradient(null, WORKSPACES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Cannot judge a row by the class %s: classes are whole numbers from 0 to 4.", number);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nd4j"})
  void withoutAnyWeightThereIsNoLossAndNoGradient(String math) {
    IOutputLayer loss = loss(math, Smoothing.NONE, Nd4j.zeros(DataType.DOUBLE, 2, 3), numbers(2));
    INDArray gradient = loss.backpropGradient(null, WORKSPACES).getSecond();
    assertThat(gradient.normmaxNumber().doubleValue()).isZero();
    assertThat(loss.computeScore(0.25, true, WORKSPACES)).isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nd4j"})
  void positionsWithoutAClassCountNothing(String math) {
    INDArray weights = Nd4j.createFromArray(new double[][] {{1, 1, 1}, {1, 1, 0}});
    IOutputLayer masked = loss(math, Smoothing.NONE, weights, numbers(2));
    IOutputLayer labelled = loss(math, Smoothing.NONE, null, numbers(-1));
    INDArray expected = masked.backpropGradient(null, WORKSPACES).getSecond();
    INDArray actual = labelled.backpropGradient(null, WORKSPACES).getSecond();
    assertThat(actual).isEqualTo(expected);
    assertThat(
            actual.get(NDArrayIndex.point(1), NDArrayIndex.point(2)).normmaxNumber().doubleValue())
        .isZero();
    assertThat(((WeightedLoss) labelled).weight()).isEqualTo(5);
    assertThat(((WeightedLoss) masked).weight()).isEqualTo(5);
    assertThat(labelled.computeScore(0, true, WORKSPACES))
        .isCloseTo(masked.computeScore(0, true, WORKSPACES), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nd4j"})
  void classNumbersAreWhatOneHotRowsAre(String math) {
    INDArray oneHot = Nd4j.zeros(DataType.DOUBLE, 2, 3, CLASSES);
    for (int i = 0; i < 6; i++) {
      oneHot.putScalar(new int[] {i / 3, i % 3, (int) numbers(2).getDouble(i / 3, i % 3)}, 1);
    }
    Smoothing smoothing = new Smoothing(Smoothing.Kind.OTHER_CLASSES, 0.1);
    IOutputLayer rows = loss(math, smoothing, null, oneHot);
    IOutputLayer classes = loss(math, smoothing, null, numbers(2));
    assertThat(classes.backpropGradient(null, WORKSPACES).getSecond())
        .isEqualTo(rows.backpropGradient(null, WORKSPACES).getSecond());
    assertThat(classes.computeScore(0, true, WORKSPACES))
        .isEqualTo(rows.computeScore(0, true, WORKSPACES));
    assertThat(((WeightedLoss) rows).weight()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nd4j"})
  void theLossIsThatOfTheWeightsThatItsGradientWasTakenWith(String math) {
    INDArray weights = Nd4j.createFromArray(new double[][] {{1, 1, 0}, {1, 0, 0}});
    IOutputLayer loss = loss(math, Smoothing.NONE, weights, numbers(2));
    double score = loss.computeScore(0, true, WORKSPACES);
    loss.backpropGradient(null, WORKSPACES);
    loss.setMaskArray(null); // As DL4J does where a batch has a mask for its features only.
    assertThat(loss.computeScore(0, true, WORKSPACES)).isCloseTo(score, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nd4j"})
  void scoresFarApartHaveAFiniteLoss(String math) {
    IOutputLayer loss = loss(math, Smoothing.NONE, null, numbers(2));
    INDArray far = Nd4j.zeros(DataType.DOUBLE, 2, 3, CLASSES);
    far.putScalar(new int[] {0, 0, 0}, 2000);
    loss.setInput(far, WORKSPACES);
    loss.backpropGradient(null, WORKSPACES);
    assertThat(loss.computeScore(0, true, WORKSPACES))
        .isCloseTo(5 * Math.log(CLASSES) / 6, within(1e-9));
  }

  private static INDArray numbers(double last) {
    return Nd4j.createFromArray(new double[][] {{0, 3, 1}, {4, 4, last}});
  }

  private static IOutputLayer loss(
      String math, Smoothing smoothing, INDArray weights, INDArray labels) {
    System.setProperty(LayerArithmetic.PROPERTY, math);
    SoftmaxLoss configuration = SoftmaxLoss.smoothing(smoothing);
    NeuralNetConfiguration whole =
        new NeuralNetConfiguration.Builder().miniBatch(false).layer(configuration).build();
    IOutputLayer loss =
        (IOutputLayer) configuration.instantiate(whole, List.of(), 0, null, false, DataType.DOUBLE);
    loss.setInput(LayerRun.normals("scores", DataType.DOUBLE, 2, 3, CLASSES), WORKSPACES);
    loss.setLabels(labels);
    loss.setMaskArray(weights);
    return loss;
  }
}
