package org.espalier.sparsity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.espalier.base.Mix64;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SmtxFileTest {
  @Test
  void rowsAreOutputsWhateverTheOrientationOfTheTensor() throws IOException {
    // Output 0 reads inputs 0 and 2, output 1 reads input 1.
    Mask outIn = Mask.where(6, i -> i == 0 || i == 2 || i == 4);
    Mask inOut = Mask.where(6, i -> i == 0 || i == 4 || i == 3);
    SparseTensor stored = new SparseTensor("fc/W", WeightLayout.OUT_IN, 0, 2, 3);
    SparseTensor transposed = new SparseTensor("fc/W", WeightLayout.IN_OUT, 0, 3, 2);

    assertThat(text(CsrPattern.of(stored, outIn))).isEqualTo("2, 3, 3\n0 2 3 \n0 2 1 \n");
    assertThat(text(CsrPattern.of(transposed, inOut))).isEqualTo("2, 3, 3\n0 2 3 \n0 2 1 \n");
  }

  @Test
  void columnsOfConvolutionsRunThroughTheWindowAndInputsFastest() {
    // Output 1, input 1, window row 0, window column 1.
    CsrPattern wanted = read("2, 8, 1\n0 0 1\n3\n");
    SparseTensor nchw = new SparseTensor("c/W", WeightLayout.OUT_IN_HEIGHT_WIDTH, 0, 2, 2, 2, 2);
    SparseTensor nhwc = new SparseTensor("c/W", WeightLayout.OUT_HEIGHT_WIDTH_IN, 0, 2, 2, 2, 2);
    SparseTensor hwio = new SparseTensor("c/W", WeightLayout.HEIGHT_WIDTH_IN_OUT, 0, 2, 2, 2, 2);

    assertThat(wanted.mask(nchw)).isEqualTo(Mask.where(16, i -> i == 8 + 4 + 1));
    assertThat(wanted.mask(nhwc)).isEqualTo(Mask.where(16, i -> i == 8 + 2 + 1));
    assertThat(wanted.mask(hwio)).isEqualTo(Mask.where(16, i -> i == 4 + 2 + 1));
  }

  @ParameterizedTest
  @EnumSource(WeightLayout.class)
  void masksComeBackInEveryLayout(WeightLayout layout) throws IOException {
    int[] shape = layout.rank() == 2 ? new int[] {7, 13} : new int[] {7, 2, 3, 5};
    SparseTensor tensor = new SparseTensor("w", layout, 3, shape);
    Mask mask = Mask.where(tensor.length(), i -> Mix64.below(5, 1, i) == 0);
    CsrPattern pattern = CsrPattern.of(tensor, mask);

    assertThat(pattern.nonZeros()).isEqualTo(mask.kept());
    assertThat(read(text(pattern))).isEqualTo(pattern);
    assertThat(read(text(pattern)).mask(tensor)).isEqualTo(mask);
  }

  @Test
  void longListsAreReadWhole() throws IOException {
    SparseTensor tensor = new SparseTensor("w", WeightLayout.OUT_IN, 0, 5000, 3);
    CsrPattern all = CsrPattern.of(tensor, Mask.all(15_000));

    assertThat(read(text(all)).mask(tensor)).isEqualTo(Mask.all(15_000));
  }

  @Test
  void maskOfAnotherShapeIsRefused() {
    SparseTensor tensor = new SparseTensor("fc/W", WeightLayout.IN_OUT, 0, 2, 3);

    assertThatThrownBy(() -> read("2, 3, 0\n0 0 0\n\n").mask(tensor))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use a mask of 2 x 3 weights for fc/W: its matrix [outputs, inputs] is 3 x 2;"
                + " take the mask of the same tensor.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "''|it ends where a number of rows should follow",
        "2, 3|it ends where a number of non-zeros should follow",
        "2, 3, x|a number of non-zeros contains 'x'",
        "0, 3, 1|a number of rows is 0 and must be between 1 and 2147483646",
        "2, 3, 7|a number of non-zeros is 7 and must be between 0 and 6",
        "2, 3, 1 1 1 1 0|a first row offset is 1 and must be between 0 and 0",
        "2, 3, 2 0 2 1 0 1|a row offset is 1 and must be between 2 and 2",
        "2, 3, 2 0 1 1 0|its rows end at 1 and it announces 2 non-zeros",
        "2, 3, 2 0 1 2 0 3|a column index is 3 and must be between 0 and 2",
        "2, 3, 2 0 2 2 1 1|a column index is 1 and must be between 2 and 2",
        "2, 3, 2 0 2 2 1|it ends where a column index should follow",
        "2, 3, 1 0 1 1 1 1|it goes on after its last column index",
        "2147483646, 2147483647, 2147483647 0|it ends where a row offset should follow",
      })
  void impossibleFilesAreRefused(String text, String why) {
    assertThatThrownBy(() -> read(text.replace("''", "")))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot read x.smtx as .smtx: " + why + "; take another copy of the file.");
  }

  private static String text(CsrPattern pattern) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SmtxFile.write(pattern, out);
    return out.toString(US_ASCII);
  }

  private static CsrPattern read(String text) {
    try {
      return SmtxFile.read(new ByteArrayInputStream(text.getBytes(US_ASCII)), "x.smtx");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
