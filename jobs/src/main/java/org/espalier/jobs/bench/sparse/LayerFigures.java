package org.espalier.jobs.bench.sparse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.espalier.dl4jspark.bench.Medians;

/**
 * The times of a layer under a mask.
 *
 * @param operations with kept weights in a step of all directions
 */
record LayerFigures(LayerShape shape, double sparsity, long operations, List<Turn> turns) {
  private static final double GIGA = 1e9;

  /** The median seconds of a way to compute the layer. */
  PassTimes seconds(Function<Turn, PassTimes> way) {
    return new PassTimes(
        seconds(way, PassTimes::forward),
        seconds(way, PassTimes::backward),
        seconds(way, PassTimes::both));
  }

  private double seconds(Function<Turn, PassTimes> way, ToDoubleFunction<PassTimes> pass) {
    return Medians.of(turns.stream().map(way).mapToDouble(pass));
  }

  /** How many times as long the dense kernels take. */
  Spread ratio(Function<Turn, PassTimes> way, ToDoubleFunction<PassTimes> pass) {
    return Spread.of(
        turns, turn -> pass.applyAsDouble(turn.dense()) / pass.applyAsDouble(way.apply(turn)));
  }

  /** Operations with kept weights in a second, in milliards. */
  double gigaflops() {
    return operations / GIGA / seconds(Turn::sparse).both();
  }

  /** All of it by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("shape", shape.toString());
    values.put("sparsity", sparsity);
    values.put("dense", seconds(Turn::dense).values());
    values.put("sparse", seconds(Turn::sparse).values());
    values.put("ratio", ratio(Turn::sparse, PassTimes::both).values());
    values.put("forwardRatio", ratio(Turn::sparse, PassTimes::forward).values());
    values.put("backwardRatio", ratio(Turn::sparse, PassTimes::backward).values());
    values.put("gigaflops", gigaflops());
    values.put("turning", seconds(Turn::turning).values());
    values.put("turningRatio", ratio(Turn::turning, PassTimes::both).values());
    return values;
  }
}
