package org.espalier.engine.sparse;

import static org.espalier.engine.kernel.sparse.SparseLanes.GROUP;

import java.util.Arrays;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.Block;
import org.espalier.engine.kernel.sparse.Dots;
import org.espalier.engine.kernel.sparse.Frame;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.Panel;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.kernel.sparse.SparseRows;

/**
 * The kept weights of a matrix `[out, in]`, applied to positions. Threads take rows with about as
 * many entries each, and go through the positions in tiles whose features stay in the cache.
 */
public final class KeptMatrix implements KeptMap {
  /** Floats of a tile of all features that a row is computed from. */
  private static final int TILE = 1 << 16;

  /** Positions of a tile, at least: as many as the widest registers hold at once. */
  private static final int NARROWEST = 4 * GROUP;

  private final SparseLanes lanes;
  private final int positions;
  private final int in;
  private final int out;
  private final int stride;
  private final int width;
  private final int most;
  private final MatrixStructure structure;
  private final Panel x;
  private final Panel y;
  private final Packing inputs;
  private final Packing outputs;
  private final FeatureRows features;
  private final int inputTile;
  private final int outputTile;
  private final Frame frame;
  private final Frame atLeastZero;
  private final float[] biasSums;
  private final Ones ones;
  private final float[] transposed;
  private final float[] gradients;
  private final Team.Part copyPart = this::copyPart;
  private final Team.Part forwardPart = this::forwardPart;
  private final Team.Part backwardPart = this::backwardPart;
  private final Team.Part dotsPart = this::dotsPart;
  private final Team.Part deltaPart = this::deltaPart;
  private final float[][] scratch;
  private int[] cuts;
  private float[] values;
  private float[] gradient;
  private boolean rectified;

  /** Memory that lies feature by feature and is read or written on the way, or null. */
  private Values given;

  private Values result;
  private int copied;

  /**
   * A map.
   *
   * @param lanes the arithmetic
   * @param most slices at most
   * @param kept the weights
   * @param positions rows of a batch
   * @param in features of a position
   * @param out outputs of a position
   */
  public KeptMatrix(
      SparseLanes lanes, Slices most, KeptWeights kept, int positions, int in, int out) {
    this.lanes = lanes;
    this.positions = positions;
    this.in = in;
    this.out = out;
    this.stride = Arena.stride(positions);
    this.width = (positions + GROUP - 1) / GROUP * GROUP;
    this.most = most.count();
    this.structure =
        kept.structure(
            new MatrixStructure.Shape(in, out, stride),
            MatrixStructure.class,
            shape -> MatrixStructure.of(kept, shape));
    this.x = Arena.panel(in, stride);
    this.y = Arena.panel(out, stride);
    this.inputs = new Packing(positions, in, most);
    this.outputs = new Packing(positions, out, most);
    this.features = new FeatureRows(positions, most.count());
    this.frame = new Frame(new float[out], Float.NEGATIVE_INFINITY);
    this.atLeastZero = new Frame(frame.initial(), 0f);
    this.biasSums = new float[out];
    this.ones = Ones.of(out, stride);
    this.inputTile = tile(in);
    this.outputTile = tile(out);
    this.transposed = new float[kept.count()];
    this.gradients = new float[kept.count()];
    this.scratch = new float[this.most][];
  }

  @Override
  public int outputs() {
    return out;
  }

  @Override
  public long products() {
    return (long) structure.flat().length * positions;
  }

  @Override
  public void forward(
      Activations from, float[] kept, Values bias, Activation activation, Activations to) {
    if (from.order() == Order.POSITIONS) {
      inputs.in(from.values(), x);
    } else {
      given = from.values();
      copied = Work.slices((long) positions * in, most);
      Team.ofThread().run(copied, copyPart);
    }
    if (bias == null) {
      Arrays.fill(frame.initial(), 0f);
    } else {
      FloatValues.require(bias).read(0, frame.initial(), out);
    }
    rectified = activation == Activation.RELU;
    values = kept;
    result = to.order() == Order.FEATURES ? to.values() : null;
    run(structure.byOutput(), forwardPart);
    if (result == null) {
      outputs.out(y, to.values());
    }
  }

  private void copyPart(int slice, int member) {
    features.in(given, x, Slices.start(slice, copied, in), Slices.start(slice + 1, copied, in));
  }

  private void forwardPart(int slice, int member) {
    Frame frame = rectified ? atLeastZero : this.frame;
    for (int from = 0; from < width; from += inputTile) {
      lanes.multiply(structure.byOutput(), values, x, frame, y, block(slice, from, inputTile));
    }
    if (result != null) {
      features.out(y, result, cuts[slice], cuts[slice + 1]);
    }
  }

  @Override
  public void backward(
      Activations delta,
      float[] kept,
      Values biasGradient,
      float[] keptGradient,
      Activations inputGradient) {
    given = delta.order() == Order.FEATURES ? delta.values() : null;
    if (given == null && rectified) {
      outputs.gate(delta.values(), y);
    } else if (given == null) {
      outputs.in(delta.values(), y);
    }
    values = kept;
    gradient = keptGradient;
    run(structure.byOutput(), inputGradient == null ? dotsPart : deltaPart);
    if (biasGradient != null) {
      FloatValues.require(biasGradient).write(0, biasSums, out);
    }
    if (inputGradient != null) {
      differentiate(inputGradient);
    }
  }

  private void differentiate(Activations inputGradient) {
    result = inputGradient.order() == Order.FEATURES ? inputGradient.values() : null;
    run(structure.byInput(), backwardPart);
    if (result == null) {
      inputs.out(x, inputGradient.values());
    }
  }

  /** Copies the outputs' gradients, clears their padding, and sums them for the bias. */
  private void deltaPart(int slice, int member) {
    if (given != null && rectified) {
      features.gate(slice, given, y, cuts[slice], cuts[slice + 1]);
    } else if (given != null) {
      features.in(given, y, cuts[slice], cuts[slice + 1]);
    }
    for (int r = cuts[slice]; r < cuts[slice + 1]; r++) {
      int row = y.at() + r * stride;
      Arrays.fill(y.values(), row + positions, row + width, 0f);
    }
    Arrays.fill(biasSums, cuts[slice], cuts[slice + 1], 0f);
    Dots dots = new Dots(biasSums, scratch(slice));
    lanes.dots(ones.rows(), y, ones.panel(), dots, block(slice, 0, width));
  }

  private void dotsPart(int slice, int member) {
    deltaPart(slice, member);
    SparseRows rows = structure.byOutput();
    Arrays.fill(gradient, rows.start()[cuts[slice]], rows.start()[cuts[slice + 1]], 0f);
    Dots dots = new Dots(gradient, scratch(slice));
    for (int from = 0; from < width; from += inputTile) {
      lanes.dots(rows, y, x, dots, block(slice, from, inputTile));
    }
  }

  private void backwardPart(int slice, int member) {
    SparseRows rows = structure.byInput();
    int[] flat = structure.flat();
    int first = rows.start()[cuts[slice]];
    int end = rows.start()[cuts[slice + 1]];
    for (int e = first; e < end; e++) {
      transposed[e] = values[flat[e]];
    }
    Arrays.fill(gradients, first, end, 0f);
    Dots dots = new Dots(gradients, scratch(slice));
    for (int from = 0; from < width; from += outputTile) {
      lanes.differentiate(rows, transposed, y, x, x, dots, block(slice, from, outputTile));
    }
    for (int e = first; e < end; e++) {
      gradient[flat[e]] = gradients[e];
    }
    if (result != null) {
      features.out(x, result, cuts[slice], cuts[slice + 1]);
    }
  }

  private Block block(int slice, int from, int tile) {
    return new Block(cuts[slice], cuts[slice + 1], from, Math.min(width, from + tile));
  }

  private float[] scratch(int slice) {
    if (scratch[slice] == null) {
      int widest = Math.max(structure.byOutput().widest(), structure.byInput().widest());
      scratch[slice] = Dots.lanes(widest);
    }
    return scratch[slice];
  }

  private void run(SparseRows rows, Team.Part part) {
    int slices = Work.slices(products(), most);
    cuts = rows.cut(slices);
    Team.ofThread().run(slices, part);
  }

  private int tile(int features) {
    int fitting = TILE / features / NARROWEST * NARROWEST;
    return Math.max(NARROWEST, fitting);
  }
}
