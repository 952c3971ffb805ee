package org.espalier.engine.kernel.maps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Samples;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapPasses.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapConvolutionTest {
  @ParameterizedTest
  @CsvSource({
    // images, height, width, inputs, outputs, size, stride, padding
    "1, 1, 1, 1, 1, 1, 1, 0",
    "3, 7, 5, 3, 17, 3, 1, 1",
    "3, 7, 5, 33, 17, 3, 1, 1",
    "2, 9, 9, 40, 3, 3, 2, 1",
    "2, 8, 8, 40, 33, 3, 2, 1",
    "5, 12, 11, 36, 50, 5, 1, 2",
    "1, 33, 31, 3, 16, 7, 2, 3",
    "4, 8, 8, 33, 31, 1, 1, 0",
    "3, 8, 8, 40, 100, 1, 2, 0",
    "3, 9, 7, 40, 10, 1, 2, 0",
    "40, 14, 14, 48, 6, 3, 1, 1",
    "2, 10, 11, 35, 4, 3, 3, 1"
  })
  void allDirectionsFollowTheReference(
      int images,
      int height,
      int width,
      int inputs,
      int outputs,
      int size,
      int stride,
      int padding) {
    MapConvolutionShape shape = new MapConvolutionShape(height, width, size, stride, padding);
    compare(shape, shape.images(images, inputs), shape.results(images, outputs));
  }

  @Test
  void aPointwiseConvolutionKeepsWhateverOrderItsInputHas() {
    MapConvolutionShape pointwise = new MapConvolutionShape(9, 7, 1, 1, 0);
    MapLayout split = MapLayout.split(3, 40, 9, 7, 2);
    compare(pointwise, split, split.withChannels(5));
    MapLayout framed = new MapConvolutionShape(9, 7, 3, 1, 1).images(3, 40);
    compare(pointwise, framed, framed.withChannels(5));
  }

  @Test
  void aProjectionReadsWhatAnotherConvolutionNeeds() {
    MapConvolutionShape projection = new MapConvolutionShape(9, 7, 1, 2, 0);
    MapLayout framed = new MapConvolutionShape(9, 7, 3, 2, 1).images(3, 40);
    compare(projection, framed, projection.results(3, 11));
  }

  private static void compare(MapConvolutionShape shape, MapLayout images, MapLayout results) {
    Maps x = MapSamples.normals(1, images);
    Maps dy = MapSamples.normals(3, results);
    int length = results.channels() * images.channels() * shape.elements();
    Values w = Samples.normals(2, length);
    for (int slices : new int[] {1, 2, 5}) {
      MapKernels fast = new MapKernels(Kernels.named("auto").cutInto(new Slices(slices)));
      try (MapConvolution convolution = fast.convolution(shape, images, results);
          MapConvolution reference =
              new MapKernels(Kernels.reference()).convolution(shape, images, results)) {
        Maps y = MapSamples.leftOvers(results);
        Maps expected = MapSamples.zeros(results);
        convolution.forward(x.values(), w, y.values());
        reference.forward(x.values(), w, expected.values());
        requireClose(y, expected);
        for (Into into : Into.values()) {
          Maps dx = MapSamples.leftOvers(images);
          Maps expectedGradient = MapSamples.leftOvers(images);
          convolution.backwardImages(dy.values(), w, dx.values(), into);
          reference.backwardImages(dy.values(), w, expectedGradient.values(), into);
          requireClose(dx, expectedGradient);
        }
        Values dw = Values.floats(length);
        Values expectedKernels = Values.floats(length);
        convolution.backwardKernels(x.values(), dy.values(), dw);
        reference.backwardKernels(x.values(), dy.values(), expectedKernels);
        Samples.requireClose(dw, expectedKernels, 1e-5);
      }
    }
  }

  private static void requireClose(Maps actual, Maps expected) {
    Samples.requireClose(MapSamples.pixels(actual), MapSamples.pixels(expected), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"3, 40", "1, 40", "7, 3"})
  void bitsDoNotDependOnThreads(int size, int inputs) {
    MapConvolutionShape shape = new MapConvolutionShape(12, 12, size, 1, size / 2);
    MapLayout images = shape.images(8, inputs);
    MapLayout results = shape.results(8, 24);
    Maps x = MapSamples.normals(1, images);
    Maps dy = MapSamples.normals(2, results);
    Values w = Samples.normals(3, 24 * inputs * size * size);
    double[][] seen = new double[2][];
    for (int threads = 1; threads <= 2; threads++) {
      Kernels.useThreads(threads);
      try (MapConvolution convolution =
          new MapKernels(Kernels.named("auto")).convolution(shape, images, results)) {
        Maps y = MapSamples.zeros(results);
        Maps dx = MapSamples.zeros(images);
        Values dw = Values.floats(w.length());
        convolution.forward(x.values(), w, y.values());
        convolution.backwardImages(dy.values(), w, dx.values(), Into.REPLACE);
        convolution.backwardKernels(x.values(), dy.values(), dw);
        seen[threads - 1] = numbers(MapSamples.pixels(y), MapSamples.pixels(dx), dw);
      }
    }
    assertThat(seen[0]).isEqualTo(seen[1]);
  }

  private static double[] numbers(Values... all) {
    return Arrays.stream(all)
        .flatMapToDouble(
            values -> java.util.stream.IntStream.range(0, values.length()).mapToDouble(values::get))
        .toArray();
  }
}
