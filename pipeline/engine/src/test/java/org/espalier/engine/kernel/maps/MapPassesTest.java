package org.espalier.engine.kernel.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Samples;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapPasses.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapPassesTest {
  private static final int CHANNELS = 3;
  private static final int IMAGES = 5;
  private final MapPasses fast = new MapKernels(Kernels.named("auto")).passes();
  private final MapPasses reference = new MapKernels(Kernels.reference()).passes();

  private static List<MapLayout> layouts() {
    return List.of(
        MapLayout.compact(IMAGES, CHANNELS, 9, 7),
        MapLayout.split(IMAGES, CHANNELS, 9, 7, 2),
        new MapConvolutionShape(9, 7, 3, 1, 1).results(IMAGES, CHANNELS),
        new MapConvolutionShape(9, 7, 3, 2, 1).images(IMAGES, CHANNELS));
  }

  @Test
  void imagesAreArrangedInEveryLayout() {
    Values images = Samples.normals(1, IMAGES * CHANNELS * 9 * 7);
    for (MapLayout layout : layouts()) {
      Maps maps = MapSamples.zeros(layout);
      fast.arrange(images, maps);
      int at = 2 * layout.channelLength() + layout.place(4, 5) + 3;
      assertThat(maps.values().get(at)).isEqualTo(images.get(((3 * CHANNELS + 2) * 9 + 4) * 7 + 5));
      Maps expected = MapSamples.zeros(layout);
      reference.arrange(images, expected);
      Samples.requireClose(maps.values(), expected.values(), 0);
    }
  }

  @Test
  void sumsCopiesAndMeansFollowTheReference() {
    for (MapLayout from : layouts()) {
      Maps a = MapSamples.normals(1, from);
      Values means = Values.floats(CHANNELS * IMAGES);
      Values expectedMeans = Values.floats(CHANNELS * IMAGES);
      fast.mean(a, means);
      reference.mean(a, expectedMeans);
      Samples.requireClose(means, expectedMeans, 1e-6);
      Maps spread = MapSamples.leftOvers(from);
      Maps expectedSpread = MapSamples.leftOvers(from);
      fast.spread(means, spread);
      reference.spread(means, expectedSpread);
      Samples.requireClose(spread.values(), expectedSpread.values(), 1e-6);
      for (MapLayout to : layouts()) {
        Maps b = MapSamples.normals(2, to);
        Maps sum = MapSamples.zeros(to);
        Maps expected = MapSamples.zeros(to);
        fast.add(a, b, sum);
        reference.add(a, b, expected);
        Samples.requireClose(sum.values(), expected.values(), 1e-6);
        for (Into into : Into.values()) {
          Maps copy = into == Into.ADD ? MapSamples.normals(3, to) : MapSamples.leftOvers(to);
          Maps expectedCopy = into == Into.ADD ? MapSamples.normals(3, to) : MapSamples.zeros(to);
          fast.copy(a, copy, into);
          reference.copy(a, expectedCopy, into);
          Samples.requireClose(copy.values(), expectedCopy.values(), 1e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 7", "8, 8", "1, 1", "2, 3", "5, 6"})
  void maximaAndTheirGradientsFollowTheReference(int height, int width) {
    MapLayout from = MapLayout.split(IMAGES, CHANNELS, height, width, 2);
    MapLayout to =
        MapLayout.compact(IMAGES, CHANNELS, MapPasses.windows(height), MapPasses.windows(width));
    Maps x = MapSamples.normals(1, from);
    for (int i = 0; i < x.values().length(); i++) { // Many equal ones, as behind ReLU.
      x.values().set(i, Math.max(0, Math.rint(x.values().get(i))));
    }
    Maps y = MapSamples.zeros(to);
    Maps expected = MapSamples.zeros(to);
    fast.maxPool(x, y);
    reference.maxPool(x, expected);
    Samples.requireClose(y.values(), expected.values(), 0);
    Maps dy = MapSamples.normals(2, to);
    Maps dx = MapSamples.leftOvers(from);
    Maps expectedDx = MapSamples.leftOvers(from);
    fast.maxPoolGradient(x, y, dy, dx);
    reference.maxPoolGradient(x, expected, dy, expectedDx);
    Samples.requireClose(dx.values(), expectedDx.values(), 1e-6);
  }

  @Test
  void maximaOfRowsInOnePhaseAreRefused() {
    Maps x = MapSamples.normals(1, MapLayout.compact(1, 1, 4, 4));
    Maps y = MapSamples.zeros(MapLayout.compact(1, 1, 2, 2));
    assertThatThrownBy(() -> fast.maxPool(x, y)).hasMessageContaining("must lie in two phases");
  }
}
