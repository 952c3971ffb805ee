package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
  @ParameterizedTest
  @CsvSource({
    // batch, height, width, inputs, outputs, kernel height, width, stride, padding
    "1, 1, 1, 1, 1, 1, 1, 1, 0",
    "3, 7, 5, 3, 17, 3, 3, 1, 1",
    "2, 9, 9, 17, 3, 3, 3, 2, 1",
    "5, 12, 12, 20, 50, 5, 5, 1, 0",
    "1, 33, 31, 3, 16, 7, 7, 2, 3",
    "4, 8, 8, 33, 31, 1, 1, 1, 0",
    "3, 8, 8, 16, 100, 1, 1, 2, 0",
    "2, 6, 9, 4, 5, 2, 3, 1, 1"
  })
  void allDirectionsFollowTheReference(
      int batch,
      int height,
      int width,
      int inputs,
      int outputs,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding) {
    ConvolutionShape shape =
        new ConvolutionShape(
            batch, height, width, inputs, outputs, kernelHeight, kernelWidth, stride, padding);
    Values x = Samples.normals(1, shape.imageLength());
    Values w = Samples.normals(2, shape.kernelLength());
    Values dy = Samples.normals(3, shape.resultLength());
    for (Convolution convolution : fast(shape)) {
      try (convolution;
          Convolution reference = Kernels.reference().convolution(shape)) {
        for (int repeat = 0; repeat < 2; repeat++) {
          Values y = Values.floats(shape.resultLength());
          Values expected = Values.floats(shape.resultLength());
          convolution.forward(x, w, y);
          reference.forward(x, w, expected);
          Samples.requireClose(y, expected, 1e-5);
          Values dx = Values.floats(shape.imageLength());
          expected = Values.floats(shape.imageLength());
          convolution.backwardImages(dy, w, dx);
          reference.backwardImages(dy, w, expected);
          Samples.requireClose(dx, expected, 1e-5);
          Values dw = Values.floats(shape.kernelLength());
          expected = Values.floats(shape.kernelLength());
          convolution.backwardKernels(x, dy, dw);
          reference.backwardKernels(x, dy, expected);
          Samples.requireClose(dw, expected, 1e-5);
        }
      }
    }
  }

  @Test
  void anEmptyBatchAndAKernelThatDoesNotFitAreRefused() {
    assertThatThrownBy(() -> new ConvolutionShape(0, 8, 8, 3, 4, 3, 3, 1, 1))
        .hasMessage("Cannot convolve a batch of 0 images: there must be at least 1.");
    assertThatThrownBy(() -> new ConvolutionShape(1, 8, 4, 3, 4, 7, 7, 1, 1))
        .hasMessage(
            "Cannot convolve images of 8 x 4, padded by 1, by kernels of 7 x 7: no window fits.");
  }

  @Test
  void useAfterCloseIsASentence() {
    ConvolutionShape shape = new ConvolutionShape(2, 4, 4, 1, 1, 3, 3, 1, 1);
    Values x = Samples.normals(1, shape.imageLength());
    Values w = Samples.normals(2, shape.kernelLength());
    for (Convolution convolution : fast(shape)) {
      convolution.forward(x, w, Values.floats(shape.resultLength()));
      convolution.close();
      convolution.close();
      assertThatThrownBy(() -> convolution.forward(x, w, Values.floats(shape.resultLength())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Cannot ")
          .hasMessageContaining("after");
    }
  }

  private static List<Convolution> fast(ConvolutionShape shape) {
    return List.of(
        Kernels.named("auto").convolution(shape),
        new UnfoldedConvolution(shape, new SlicedProducts(Cblas::new, Slices.DEFAULT)));
  }
}
