package org.espalier.engine.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Samples;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapConvolutionShape;
import org.espalier.engine.kernel.maps.MapLayout;
import org.espalier.engine.kernel.sparse.Panel;
import org.junit.jupiter.api.Test;

class MapPackingTest {
  @Test
  void aGradientPassesWhereReLuHasLeftSomething() {
    ImageLayout results =
        ConvolutionLayout.of(new ConvolutionShape(3, 5, 4, 2, 6, 3, 3, 1, 1)).results();
    MapLayout maps = new MapConvolutionShape(5, 4, 3, 1, 1).results(3, 6);
    MapPacking packing = new MapPacking(maps, results, Slices.DEFAULT, Into.REPLACE);
    Panel panel = results.memory();
    Values y = Samples.normals(1, maps.length());
    for (int i = 0; i < y.length(); i++) { // As ReLU leaves them.
      y.set(i, Math.max(0, y.get(i)));
    }
    Values delta = Samples.normals(2, maps.length());
    Values gated = Values.floats(maps.length());
    packing.in(new Activations(y, Order.FEATURES), panel);
    packing.gate(new Activations(delta, Order.FEATURES), panel);
    packing.out(panel, new Activations(gated, Order.FEATURES));
    for (int channel = 0; channel < maps.channels(); channel++) {
      for (int row = 0; row < maps.height(); row++) {
        for (int column = 0; column < maps.width(); column++) {
          int at = channel * maps.channelLength() + maps.place(row, column);
          for (int i = at; i < at + maps.images(); i++) {
            assertThat(gated.get(i) + 0.0).isEqualTo(y.get(i) > 0 ? delta.get(i) : 0.0);
          }
        }
      }
    }
  }
}
