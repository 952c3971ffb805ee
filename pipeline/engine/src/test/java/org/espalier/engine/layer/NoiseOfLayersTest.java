package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Nothing that needs noise shares it with anything else. */
class NoiseOfLayersTest {
  private static final int SIZE = 4;

  @Test
  void layersDrawNumbersOfTheirOwn() {
    NoiseContext context = new NoiseContext(3, 1);
    double[] numbers = context.noise(7, "fc1").normals(SIZE);
    assertThat(context.noise(7, "fc1").normals(SIZE)).isEqualTo(numbers);
    assertThat(context.noise(7, "fc2").normals(SIZE)).isNotEqualTo(numbers);
  }

  /** Weights and variances of 1, unit rows: the noise of either is its value less its mean. */
  @Test
  void whatATableLooksUpAndWhatItScoresVaryApart() {
    WeightForm form = new WeightForm.Variational(0, 3, PenaltySchedule.NONE);
    LayerHarness table =
        new LayerHarness(new SparseEmbedding.Builder(SIZE, SIZE).form(form).build());
    table.parameter("W", Nd4j.ones(DataType.DOUBLE, SIZE, SIZE));
    INDArray rows = table.train(Nd4j.zeros(DataType.DOUBLE, 1, 1));
    INDArray unit = Nd4j.zeros(DataType.DOUBLE, 1, 1, SIZE);
    unit.putScalar(0, 1);
    INDArray scores = table.trainScores(unit);
    INDArray ofRows = rows.sub(1);
    INDArray ofScores = scores.sub(1);
    assertThat(ofRows.normmaxNumber().doubleValue()).isPositive();
    assertThat(ofScores.normmaxNumber().doubleValue()).isPositive();
    assertThat(ofScores.sub(ofRows).normmaxNumber().doubleValue()).isGreaterThan(1e-3);
  }

  @Test
  void occurrencesOfATokenVaryApart() {
    for (WeightForm form : GradientCheckTest.forms().skip(1).toList()) {
      LayerHarness table =
          new LayerHarness(new SparseEmbedding.Builder(SIZE, SIZE).form(form).build());
      table.parameter("W", Nd4j.ones(DataType.DOUBLE, SIZE, SIZE));
      INDArray rows = table.train(Nd4j.zeros(DataType.DOUBLE, 1, 2)).reshape(2, SIZE);
      assertThat(rows.getRow(0)).isNotEqualTo(rows.getRow(1));
    }
  }
}
