package org.espalier.engine.kernel.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Samples;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapNormalisation.Affine;
import org.espalier.engine.kernel.maps.MapNormalisation.Moments;
import org.espalier.engine.kernel.maps.MapPasses.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MapNormalisationTest {
  private static final int CHANNELS = 5;
  private static final double EPSILON = 1e-5;
  private static final MapLayout COMPACT = MapLayout.compact(3, CHANNELS, 9, 7);
  private static final MapLayout SPLIT = MapLayout.split(3, CHANNELS, 9, 7, 2);
  private static final MapConvolutionShape THREE = new MapConvolutionShape(9, 7, 3, 1, 1);
  private static final List<MapLayout> LAYOUTS =
      List.of(
          COMPACT,
          SPLIT,
          THREE.images(3, CHANNELS),
          THREE.results(3, CHANNELS),
          new MapConvolutionShape(9, 7, 3, 2, 1).images(3, CHANNELS));

  @ParameterizedTest
  @EnumSource(Activation.class)
  void followsTheReferenceFromAnyLayoutToAnyOther(Activation activation) {
    for (MapLayout from : LAYOUTS) {
      for (MapLayout to : LAYOUTS) {
        compare(new NormalisationShape(from, to, to, activation, EPSILON), null);
        Maps addend = MapSamples.normals(4, COMPACT);
        compare(new NormalisationShape(from, to, COMPACT, activation, EPSILON), addend);
      }
    }
  }

  private static void compare(NormalisationShape shape, Maps addend) {
    MapNormalisation fast = new MapKernels(Kernels.named("auto")).normalisation(shape);
    MapNormalisation reference = new MapKernels(Kernels.reference()).normalisation(shape);
    Maps x = MapSamples.normals(1, shape.from());
    Affine affine = new Affine(Samples.normals(2, CHANNELS), Samples.normals(3, CHANNELS));
    Values added = addend == null ? null : addend.values();
    Maps y = MapSamples.zeros(shape.to());
    Maps expected = MapSamples.zeros(shape.to());
    fast.train(x.values(), affine, added, y.values());
    reference.train(x.values(), affine, added, expected.values());
    requireClose(y, expected);
    for (Into into : Into.values()) {
      Maps delta = MapSamples.normals(5, shape.to());
      Maps expectedDelta = MapSamples.normals(5, shape.to());
      Affine gradient = new Affine(Values.floats(CHANNELS), Values.floats(CHANNELS));
      Affine expectedGradient = new Affine(Values.floats(CHANNELS), Values.floats(CHANNELS));
      Maps dx = MapSamples.leftOvers(shape.from());
      Maps expectedDx = MapSamples.leftOvers(shape.from());
      fast.backward(
          x.values(), expected.values(), delta.values(), affine, gradient, dx.values(), into);
      reference.backward(
          x.values(),
          expected.values(),
          expectedDelta.values(),
          affine,
          expectedGradient,
          expectedDx.values(),
          into);
      requireClose(delta, expectedDelta);
      requireClose(dx, expectedDx);
      Samples.requireClose(gradient.scale(), expectedGradient.scale(), 1e-5);
      Samples.requireClose(gradient.shift(), expectedGradient.shift(), 1e-5);
      if (into == Into.REPLACE) {
        assertThat(MapSamples.aroundPixels(dx)).isCloseTo(0, within(1e-4));
      }
    }
    Moments running = new Moments(Samples.normals(6, CHANNELS), Samples.uniforms(7, CHANNELS));
    fast.evaluate(x.values(), affine, running, added, y.values());
    reference.evaluate(x.values(), affine, running, added, expected.values());
    requireClose(y, expected);
    Moments moved = new Moments(Values.floats(CHANNELS), Values.floats(CHANNELS));
    Moments expectedMoved = new Moments(Values.floats(CHANNELS), Values.floats(CHANNELS));
    fast.moveMoments(running, 0.9, moved);
    reference.moveMoments(running, 0.9, expectedMoved);
    Samples.requireClose(moved.mean(), expectedMoved.mean(), 1e-5);
    Samples.requireClose(moved.variance(), expectedMoved.variance(), 1e-5);
  }

  private static void requireClose(Maps actual, Maps expected) {
    Samples.requireClose(MapSamples.pixels(actual), MapSamples.pixels(expected), 1e-5);
  }

  @Test
  void aChannelFarFromZeroKeepsItsVariance() {
    Maps x = MapSamples.normals(1, COMPACT);
    Values values = x.values();
    for (int i = 0; i < values.length(); i++) {
      values.set(i, 1000 + values.get(i) / 10);
    }
    MapNormalisation fast =
        new MapKernels(Kernels.named("auto"))
            .normalisation(
                new NormalisationShape(COMPACT, COMPACT, COMPACT, Activation.IDENTITY, EPSILON));
    Values ones = Values.floats(CHANNELS);
    ones.fill(1);
    Maps y = MapSamples.zeros(COMPACT);
    fast.train(values, new Affine(ones, Values.floats(CHANNELS)), null, y.values());
    Values pixels = MapSamples.pixels(y);
    double squares = 0;
    for (int i = 0; i < pixels.length(); i++) {
      squares += pixels.get(i) * pixels.get(i);
    }
    assertThat(squares / pixels.length()).isCloseTo(1, within(2e-2));
  }

  @Test
  void runningMomentsKeepNineTenthsAndTakeTheVarianceOfThePopulation() {
    MapLayout single = MapLayout.compact(1, 1, 1, 4);
    Maps x = MapSamples.zeros(single);
    for (int i = 0; i < 4; i++) {
      x.values().set(i, i);
    }
    MapNormalisation reference =
        new MapKernels(Kernels.reference())
            .normalisation(
                new NormalisationShape(single, single, single, Activation.IDENTITY, EPSILON));
    Affine affine = new Affine(Values.floats(1), Values.floats(1));
    reference.train(x.values(), affine, null, MapSamples.zeros(single).values());
    Moments running = new Moments(Values.floats(1), Values.floats(1));
    running.variance().set(0, 1);
    Moments gradient = new Moments(Values.floats(1), Values.floats(1));
    reference.moveMoments(running, 0.9, gradient);
    assertThat(running.mean().get(0) - gradient.mean().get(0)).isCloseTo(0.15, within(1e-6));
    assertThat(running.variance().get(0) - gradient.variance().get(0))
        .isCloseTo(0.9 + 0.1 * 5 / 3, within(1e-6));
  }
}
