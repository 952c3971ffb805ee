package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ValuesTest {
  @Test
  void aClosedArrayIsNotRead() {
    INDArray array = Nd4j.zeros(DataType.FLOAT, 3);
    array.close();
    assertThatThrownBy(() -> Values.of(array))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot compute with an array that was closed; keep it open until the kernels are done.");
  }

  @Test
  void anEmptyArrayIsRefused() {
    assertThatThrownBy(() -> Values.of(Nd4j.create(DataType.FLOAT, 0, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot compute with an empty array of shape [0, 5]; give it at least one value.");
  }

  @Test
  void anArrayOfAnotherTypeOrWithGapsIsRefused() {
    assertThatThrownBy(() -> Values.of(Nd4j.zeros(DataType.INT32, 3)))
        .hasMessage(
            "Cannot compute with INT values: the kernels take float32 and float64; cast the array first.");
    INDArray everySecondColumn = Nd4j.zeros(DataType.FLOAT, 3, 4).getColumn(1);
    assertThatThrownBy(() -> Values.of(everySecondColumn))
        .hasMessageStartingWith("Cannot compute with an array of shape [3] and strides [4]: ");
  }

  @Test
  void releasedValuesAreNotUsed() {
    for (Values values : new Values[] {Values.floats(4), Values.doubles(4)}) {
      Values part = values.part(1, 2);
      part.set(0, 7);
      assertThat(values.get(1)).isEqualTo(7);
      values.release();
      values.release();
      assertThatThrownBy(() -> values.get(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot use values after they were released; release them when the last kernel is done.");
    }
  }
}
