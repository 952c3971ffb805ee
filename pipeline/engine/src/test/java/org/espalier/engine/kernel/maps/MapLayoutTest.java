package org.espalier.engine.kernel.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.espalier.engine.kernel.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapLayoutTest {
  @ParameterizedTest
  @CsvSource({
    "7, 5, 3, 1, 1",
    "8, 8, 3, 2, 1",
    "9, 6, 5, 2, 2",
    "11, 13, 7, 2, 3",
    "6, 6, 1, 2, 0"
  })
  void noTwoPixelsShareAPlaceAndAllLieInTheChannel(
      int height, int width, int size, int stride, int padding) {
    MapConvolutionShape shape = new MapConvolutionShape(height, width, size, stride, padding);
    for (MapLayout layout : new MapLayout[] {shape.images(3, 2), shape.results(3, 2)}) {
      Set<Integer> places = new HashSet<>();
      for (int row = 0; row < layout.height(); row++) {
        for (int column = 0; column < layout.width(); column++) {
          places.add(layout.place(row, column));
          assertThat(layout.place(row, column) + layout.images())
              .isBetween(layout.images(), layout.channelLength());
        }
      }
      assertThat(places).hasSize(layout.height() * layout.width());
    }
  }

  @Test
  void compactMapsAreOnePiece() {
    MapLayout layout = MapLayout.compact(4, 3, 5, 6);
    assertThat(layout.isCompact()).isTrue();
    assertThat(layout.place(2, 3)).isEqualTo((2 * 6 + 3) * 4);
    assertThat(layout.channelLength()).isEqualTo(128);
  }

  @Test
  void channelsDoNotLieAMultipleOfALargePowerOfTwoApart() {
    assertThat(MapLayout.compact(8, 3, 8, 8).channelLength()).isEqualTo(512 + 16);
  }

  @Test
  void whatCannotBeConvolvedIsRefused() {
    assertThatThrownBy(() -> new MapConvolutionShape(3, 3, 7, 1, 1))
        .hasMessage(
            "Cannot convolve images of 3 x 3, padded by 1, by kernels of 7 x 7: no window fits.");
    assertThatThrownBy(() -> new MapConvolutionShape(8, 8, 3, 1, 3))
        .hasMessageContaining("the padding less than the size");
    assertThatThrownBy(
            () ->
                new NormalisationShape(
                    MapLayout.compact(1, 2, 3, 3),
                    MapLayout.compact(1, 2, 3, 4),
                    MapLayout.compact(1, 2, 3, 3),
                    Activation.RELU,
                    1e-5))
        .hasMessageContaining("all must be of the same maps");
  }
}
