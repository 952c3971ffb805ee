package org.espalier.jobs.bench.sparse;

import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.sparse.KeptMap;
import org.espalier.engine.sparse.Order;
import org.espalier.engine.weights.LinearMap;
import org.espalier.sparsity.Mask;

/** A layer that is computed over all weights and over the kept ones in turn; owns its dense map. */
final class LayerComparison implements AutoCloseable {
  /** Directions of a step: forward, to the input and to the weights. */
  private static final int DIRECTIONS = 3;

  private final LayerShape shape;
  private final Schedule schedule;
  private final LinearMap map;
  private final float[] numbers;
  private final Values weights;
  private final Values weightGradient;
  private final LayerBatch denseBatch;
  private final LayerBatch sparseBatch;
  private final LayerBatch turningBatch;
  private long warmUpNanoseconds;

  LayerComparison(LayerShape shape, Schedule schedule, long seed) {
    this.shape = shape;
    this.schedule = schedule;
    this.map = shape.map(Kernels.chosen());
    this.weights = LayerBatch.normals(shape.weights().length(), seed);
    this.numbers = LayerBatch.array(weights);
    this.weightGradient = Values.floats(numbers.length);
    this.denseBatch = LayerBatch.normal(shape, seed + 1);
    this.sparseBatch = denseBatch.lying(shape.order(), shape);
    this.turningBatch = denseBatch.lying(Order.POSITIONS, shape);
    this.warmUpNanoseconds = schedule.warmUpNanoseconds();
  }

  /**
   * Measures the layer under a mask.
   *
   * @throws IllegalStateException if the results over all weights and over the kept ones differ
   */
  LayerFigures under(Mask mask) {
    KeptWeights kept = kept(mask);
    KeptMap over = map.over(kept).orElseThrow();
    float[] values = new float[kept.count()];
    float[] gradient = new float[kept.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[kept.index(i)];
    }
    LayerSide dense = dense(mask, kept);
    LayerSide sparse = new SparseSide(over, values, gradient, sparseBatch);
    LayerSide turning = new SparseSide(over, values, gradient, turningBatch);
    String layer = "%s at a sparsity of %.3f".formatted(shape, mask.sparsity());
    Agreement.require(layer, shape, dense, sparse);
    Agreement.require(layer, shape, dense, turning);
    return new LayerFigures(
        shape, mask.sparsity(), 2 * DIRECTIONS * over.products(), turns(dense, sparse, turning));
  }

  @Override
  public void close() {
    map.close();
  }

  private LayerSide dense(Mask mask, KeptWeights kept) {
    float[] masked = numbers.clone();
    mask.apply(masked, 0);
    FloatValues.require(weights).write(0, masked, masked.length);
    return new DenseSide(map, weights, weightGradient, kept, denseBatch);
  }

  private static KeptWeights kept(Mask mask) {
    long[] words = new long[mask.wordCount()];
    for (int w = 0; w < words.length; w++) {
      words[w] = mask.word(w);
    }
    return KeptWeights.of(words, mask.length());
  }

  /** The turns after those of the warm-up, one at least. */
  private List<Turn> turns(LayerSide dense, LayerSide sparse, LayerSide turning) {
    long end = System.nanoTime() + warmUpNanoseconds;
    do {
      turn(dense, sparse, turning);
    } while (System.nanoTime() < end);
    warmUpNanoseconds = 0;
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < schedule.turns(); i++) {
      turns.add(turn(dense, sparse, turning));
    }
    return turns;
  }

  private Turn turn(LayerSide dense, LayerSide sparse, LayerSide turning) {
    long nanoseconds = schedule.turnNanoseconds();
    return new Turn(
        PassTimes.of(dense, nanoseconds),
        PassTimes.of(sparse, nanoseconds),
        PassTimes.of(turning, nanoseconds));
  }
}
