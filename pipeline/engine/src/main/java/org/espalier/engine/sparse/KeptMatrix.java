package org.espalier.engine.sparse;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.ProductShape.Into;
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
 * many entries each, and go through the positions panel by panel.
 */
public final class KeptMatrix implements KeptMap {
  private final SparseLanes lanes;
  private final int positions;
  private final int in;
  private final int out;
  private final int most;
  private final Into into;
  private final boolean sharing;
  private final MatrixStructure structure;
  private final MatrixPanels x;
  private final MatrixPanels y;
  private final Packing inputs;
  private final Packing outputs;
  private final FeatureRows features;
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
  private boolean summing;

  /** Memory that lies feature by feature and is read or written on the way, or null. */
  private Values given;

  private Values result;

  /** What the forward pass read, where the backward pass copies it once more, or null. */
  private Values input;

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
    this(lanes, most, kept, positions, in, out, Into.REPLACE);
  }

  /**
   * A map of activations that lie feature by feature, whose input may have been read by something
   * else too.
   *
   * @param into what becomes of the input's gradient
   */
  public KeptMatrix(
      SparseLanes lanes, Slices most, KeptWeights kept, int positions, int in, int out, Into into) {
    this(lanes, most, kept, positions, in, out, into, Optional.empty());
  }

  /**
   * A map like that, in panels that it shares with others. What it reads must lie feature by
   * feature and stay as it is until the backward pass, which copies it once more.
   */
  public KeptMatrix(
      SparseLanes lanes,
      Slices most,
      KeptWeights kept,
      int positions,
      int in,
      int out,
      Into into,
      SharedPanels panels) {
    this(lanes, most, kept, positions, in, out, into, Optional.of(panels));
  }

  private KeptMatrix(
      SparseLanes lanes,
      Slices most,
      KeptWeights kept,
      int positions,
      int in,
      int out,
      Into into,
      Optional<SharedPanels> shared) {
    this.into = into;
    this.sharing = shared.isPresent();
    this.lanes = lanes;
    this.positions = positions;
    this.in = in;
    this.out = out;
    this.most = most.count();
    int columns = MatrixPanels.columns(positions, Math.max(in, out));
    this.x =
        shared
            .map(panels -> panels.inputs(positions, in, columns))
            .orElseGet(() -> MatrixPanels.of(positions, in, columns));
    this.y =
        shared
            .map(panels -> panels.outputs(positions, out, columns))
            .orElseGet(() -> MatrixPanels.of(positions, out, columns));
    this.structure =
        kept.structure(
            new MatrixStructure.Shape(in, out, x.stride()),
            MatrixStructure.class,
            shape -> MatrixStructure.of(kept, shape));
    this.inputs = new Packing(positions, in, most);
    this.outputs = new Packing(positions, out, most);
    this.features = new FeatureRows(positions, most.count());
    this.frame = new Frame(new float[out], Float.NEGATIVE_INFINITY);
    this.atLeastZero = new Frame(frame.initial(), 0f);
    this.biasSums = new float[out];
    this.ones = Ones.of(out, x.stride());
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
      copy(from.values());
    }
    input = sharing ? from.values() : null;
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

  private void copy(Values from) {
    given = from;
    copied = Work.slices((long) positions * in, most);
    Team.ofThread().run(copied, copyPart);
  }

  private void copyPart(int slice, int member) {
    features.in(given, x, Slices.start(slice, copied, in), Slices.start(slice + 1, copied, in));
  }

  private void forwardPart(int slice, int member) {
    Frame frame = rectified ? atLeastZero : this.frame;
    for (int i = 0; i < x.count(); i++) {
      lanes.multiply(structure.byOutput(), values, x.panel(i), frame, y.panel(i), block(slice, i));
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
    if (sharing) {
      copy(input);
    }
    given = delta.order() == Order.FEATURES ? delta.values() : null;
    if (given == null && rectified) {
      outputs.gate(delta.values(), y);
    } else if (given == null) {
      outputs.in(delta.values(), y);
    }
    values = kept;
    gradient = keptGradient;
    summing = biasGradient != null;
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

  /** Copies the outputs' gradients, clears their padding, and sums them where there is a bias. */
  private void deltaPart(int slice, int member) {
    if (given != null && rectified) {
      features.gate(slice, given, y, cuts[slice], cuts[slice + 1]);
    } else if (given != null) {
      features.in(given, y, cuts[slice], cuts[slice + 1]);
    }
    clearPadding(cuts[slice], cuts[slice + 1]);
    if (summing) {
      sumForBias(slice);
    }
  }

  private void sumForBias(int slice) {
    Arrays.fill(biasSums, cuts[slice], cuts[slice + 1], 0f);
    Dots dots = new Dots(biasSums, scratch(slice));
    for (int i = 0; i < y.count(); i++) {
      lanes.dots(ones.rows(), y.panel(i), ones.panel(), dots, block(slice, i));
    }
  }

  private void clearPadding(int firstRow, int endRow) {
    int last = y.count() - 1;
    Panel panel = y.panel(last);
    for (int row = firstRow; row < endRow; row++) {
      int at = panel.at() + row * panel.stride();
      Arrays.fill(panel.values(), at + y.length(last), at + y.width(last), 0f);
    }
  }

  private void dotsPart(int slice, int member) {
    deltaPart(slice, member);
    SparseRows rows = structure.byOutput();
    Arrays.fill(gradient, rows.start()[cuts[slice]], rows.start()[cuts[slice + 1]], 0f);
    Dots dots = new Dots(gradient, scratch(slice));
    for (int i = 0; i < x.count(); i++) {
      lanes.dots(rows, y.panel(i), x.panel(i), dots, block(slice, i));
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
    for (int i = 0; i < x.count(); i++) {
      Panel own = x.panel(i);
      lanes.differentiate(rows, transposed, y.panel(i), own, own, dots, block(slice, i));
    }
    for (int e = first; e < end; e++) {
      gradient[flat[e]] = gradients[e];
    }
    if (result != null) {
      if (into == Into.ADD) {
        features.add(slice, x, result, cuts[slice], cuts[slice + 1]);
      } else {
        features.out(x, result, cuts[slice], cuts[slice + 1]);
      }
    }
  }

  private Block block(int slice, int panel) {
    return new Block(cuts[slice], cuts[slice + 1], 0, x.width(panel));
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
}
