package org.espalier.engine.optimiser;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.OptimiserPasses;
import org.espalier.engine.kernel.Trained;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.HostVector;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The optimiser of one contiguous range of a network's parameters: their values, what the update
 * rule remembers of them, and the step. Elementwise, so that the cut into ranges shows in no bit;
 * with the same gradient the step is that of {@link FusedUpdater}. Used by one thread at a time.
 */
public final class ShardOptimiser implements AutoCloseable {
  private final int start;
  private final INDArray weights;
  private final INDArray gradient;
  private final List<INDArray> memories = new ArrayList<>();
  private final List<ShardPiece> pieces = new ArrayList<>();
  private final List<Range> ranges;
  private final OptimiserPasses passes = Kernels.of(DataType.FLOAT).optimiser();
  private final HostVector hostWeights;

  /**
   * A range of the network's flat vector, of which this optimiser holds the values.
   *
   * @param start of the range in the vector
   * @param length number of values
   */
  public record Range(int start, int length) {
    /** Whether another range lies in this one. */
    public boolean contains(Range other) {
      return start <= other.start && other.start + other.length <= start + length;
    }
  }

  /**
   * An optimiser of zeros.
   *
   * @param start first parameter
   * @param length number of parameters, at least 1
   */
  public ShardOptimiser(UpdatePlan plan, int start, int length) {
    this.start = start;
    this.weights = Nd4j.create(DataType.FLOAT, length);
    this.gradient = Nd4j.create(DataType.FLOAT, length);
    this.hostWeights = HostVector.of(weights);
    this.ranges = ranges(plan, start, length);
    for (UpdatePlan.Part part : plan.parts()) {
      int from = Math.max(part.offset(), start);
      int end = Math.min(part.end(), start + length);
      if (from < end) {
        add(part, from, end - from);
      }
    }
  }

  private void add(UpdatePlan.Part part, int from, int length) {
    List<Values> remembered = new ArrayList<>();
    for (int vector = 0; vector < part.memories().size(); vector++) {
      INDArray array = Nd4j.create(DataType.FLOAT, length);
      memories.add(array);
      remembered.add(Values.of(array));
    }
    Trained tensor =
        new Trained(
            Values.of(weights).part(from - start, length),
            Values.of(gradient).part(from - start, length),
            remembered.isEmpty() ? null : remembered.get(0),
            remembered.size() < 2 ? null : remembered.get(1));
    pieces.add(new ShardPiece(part, from, tensor, passes));
  }

  /** As {@link #ranges(UpdatePlan, int, int)}. */
  public List<Range> ranges() {
    return ranges;
  }

  /**
   * The ranges of the flat vector whose values {@link #read} gives of a range of parameters, one
   * after the other: the parameters, then every state vector of every tensor.
   */
  public static List<Range> ranges(UpdatePlan plan, int start, int length) {
    List<Range> ranges = new ArrayList<>(List.of(new Range(start, length)));
    for (UpdatePlan.Part part : plan.parts()) {
      int from = Math.max(part.offset(), start);
      int end = Math.min(part.end(), start + length);
      for (int memory : from < end ? part.memories() : List.<Integer>of()) {
        ranges.add(new Range(memory + from - part.offset(), end - from));
      }
    }
    return ranges;
  }

  /** Takes parameters and state from a whole flat vector, read from index 0. */
  public void load(FloatBuffer vector) {
    pieces.forEach(ShardPiece::forget);
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      host(i).write(0, vector.slice(range.start(), range.length()));
    }
  }

  /**
   * Takes parameters and state of some of the parameters.
   *
   * @param from first of them
   * @param values as {@link #read} gives them of an optimiser of these parameters alone, at the
   *     position
   */
  public void load(UpdatePlan plan, int from, int length, FloatBuffer values) {
    pieces.forEach(ShardPiece::forget);
    int at = values.position();
    for (Range part : ranges(plan, from, length)) {
      for (int i = 0; i < ranges.size(); i++) {
        if (ranges.get(i).contains(part)) {
          host(i).write(part.start() - ranges.get(i).start(), values.slice(at, part.length()));
        }
      }
      at += part.length();
    }
  }

  /** Puts the values of all {@link #ranges} at the target's position, which it advances. */
  public void read(FloatBuffer target) {
    pieces.forEach(ShardPiece::settle);
    for (int i = 0; i < ranges.size(); i++) {
      int length = ranges.get(i).length();
      host(i).read(0, target.slice(target.position(), length));
      target.position(target.position() + length);
    }
  }

  private HostVector host(int range) {
    return range == 0 ? hostWeights : HostVector.of(memories.get(range - 1));
  }

  /**
   * Takes no gradients of the weights that these masks leave out from now on: their loss gradient
   * is zero. All are kept at first.
   */
  public void mask(SparseTensors tensors, MaskSet masks) {
    for (SparseTensor tensor : tensors) {
      Mask mask = masks.mask(tensor.name());
      for (ShardPiece piece : pieces) {
        if (piece.isOf(tensor.name())) {
          piece.mask(mask.bits(piece.from() - tensor.offset(), piece.length()));
        }
      }
    }
  }

  /**
   * Makes the weights zero, without momentum, that one set of masks leaves out and the next keeps.
   */
  public void clearRegrown(SparseTensors tensors, MaskSet before, MaskSet after) {
    for (SparseTensor tensor : tensors) {
      for (ShardPiece piece : pieces) {
        if (piece.isOf(tensor.name())) {
          int from = piece.from() - tensor.offset();
          after
              .mask(tensor.name())
              .forEachReactivatedSince(
                  before.mask(tensor.name()), from, piece.length(), piece::clear);
        }
      }
    }
  }

  /**
   * One step.
   *
   * @param averaged gradient of the loss with respect to every parameter of the range that no mask
   *     leaves out, in their order, at the position; of those that are set and not trained, their
   *     new values
   * @param step number of steps before this one
   */
  public void step(FloatBuffer averaged, long step) {
    int at = averaged.position();
    int parameter = start;
    for (ShardPiece piece : pieces) {
      at += set(averaged, at, parameter, piece.from());
      piece.step(averaged.slice(at, piece.kept()), Math.toIntExact(step));
      at += piece.kept();
      parameter = piece.end();
    }
    set(averaged, at, parameter, start + length());
  }

  /** Parameters between the pieces are not trained. */
  private int set(FloatBuffer averaged, int at, int from, int end) {
    if (from < end) {
      hostWeights.write(from - start, averaged.slice(at, end - from));
    }
    return end - from;
  }

  /** Number of parameters. */
  public int length() {
    return Math.toIntExact(weights.length());
  }

  /** Number of parameters that no mask leaves out. */
  public int kept() {
    return length() - pieces.stream().mapToInt(piece -> piece.length() - piece.kept()).sum();
  }

  /** Copies the parameters that no mask leaves out to the target's position. */
  public void kept(FloatBuffer target) {
    int at = target.position();
    int parameter = start;
    for (ShardPiece piece : pieces) {
      at += get(target, at, parameter, piece.from());
      piece.kept(target.slice(at, piece.kept()));
      at += piece.kept();
      parameter = piece.end();
    }
    get(target, at, parameter, start + length());
  }

  private int get(FloatBuffer target, int at, int from, int end) {
    if (from < end) {
      hostWeights.read(from - start, target.slice(at, end - from));
    }
    return end - from;
  }

  /** Copies the parameters to the target's position. */
  public void parameters(FloatBuffer target) {
    pieces.forEach(ShardPiece::settle);
    hostWeights.read(0, target.slice(target.position(), length()));
  }

  @Override
  public void close() {
    pieces.forEach(ShardPiece::close);
    weights.close();
    gradient.close();
    memories.forEach(INDArray::close);
  }
}
