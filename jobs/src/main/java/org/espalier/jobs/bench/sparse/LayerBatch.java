package org.espalier.jobs.bench.sparse;

import java.util.function.IntUnaryOperator;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.sparse.Order;

/**
 * A batch on its way through a layer and back.
 *
 * @param delta gradient of the output
 */
record LayerBatch(
    Activations input, Activations output, Activations delta, Activations inputGradient) {

  /** A batch of normal numbers that lies position by position. */
  static LayerBatch normal(LayerShape shape, long seed) {
    int inputs = shape.inputPositions() * shape.inputs();
    int outputs = shape.outputPositions() * shape.outputs();
    return new LayerBatch(
        byPosition(normals(inputs, seed)),
        byPosition(Values.floats(outputs)),
        byPosition(normals(outputs, seed + 1)),
        byPosition(Values.floats(inputs)));
  }

  /** The same batch, which this is position by position, with results of its own. */
  LayerBatch lying(Order order, LayerShape shape) {
    return new LayerBatch(
        order == Order.POSITIONS ? input : turned(input, shape.inputs()),
        new Activations(Values.floats(output.values().length()), order),
        order == Order.POSITIONS ? delta : turned(delta, shape.outputs()),
        new Activations(Values.floats(inputGradient.values().length()), order));
  }

  /** The numbers of activations, position by position. */
  static float[] numbers(Activations activations, int features) {
    float[] numbers = array(activations.values());
    int positions = numbers.length / features;
    return activations.order() == Order.POSITIONS
        ? numbers
        : gathered(numbers, i -> i % features * positions + i / features);
  }

  static Values normals(int length, long seed) {
    Values values = Values.floats(length);
    Kernels.chosen().rows().addNormal(values, 1, Noise.stream(seed), values);
    return values;
  }

  static float[] array(Values values) {
    float[] array = new float[values.length()];
    FloatValues.require(values).read(0, array, array.length);
    return array;
  }

  private static Activations byPosition(Values values) {
    return new Activations(values, Order.POSITIONS);
  }

  private static Activations turned(Activations from, int features) {
    float[] numbers = array(from.values());
    int positions = numbers.length / features;
    Values turned = Values.floats(numbers.length);
    FloatValues.require(turned)
        .write(0, gathered(numbers, i -> i % positions * features + i / positions), numbers.length);
    return new Activations(turned, Order.FEATURES);
  }

  private static float[] gathered(float[] numbers, IntUnaryOperator source) {
    float[] gathered = new float[numbers.length];
    for (int i = 0; i < gathered.length; i++) {
      gathered[i] = numbers[source.applyAsInt(i)];
    }
    return gathered;
  }
}
