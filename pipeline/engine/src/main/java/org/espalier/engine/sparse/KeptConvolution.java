package org.espalier.engine.sparse;

import java.util.Arrays;
import java.util.function.Function;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapLayout;
import org.espalier.engine.kernel.sparse.Block;
import org.espalier.engine.kernel.sparse.Dots;
import org.espalier.engine.kernel.sparse.Frame;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.Panel;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.kernel.sparse.SparseRows;

/**
 * A convolution by the kept weights of kernels `[out, in, kernelHeight, kernelWidth]`, of images
 * `[batch, height, width, in]`, row-major, or of feature maps. Images lie in panels with zeros
 * around them, row by row, so that an element of a kernel is a distance in memory and nothing is
 * unfolded. Threads take outputs or inputs with about as many entries each and go through all rows
 * of the images in their order.
 */
public final class KeptConvolution implements KeptMap {
  private final SparseLanes lanes;
  private final int out;
  private final int slices;
  private final long products;
  private final ConvolutionStructure structure;
  private final ConvolutionPanels panels;
  private final Ones ones;
  private final PixelPacking inputs;
  private final PixelPacking outputs;
  private final Frame frame;
  private final Frame atLeastZero;
  private final float[] biasSums;
  private final float[][] transposed;
  private final float[][] gradients;
  private final int[] outputCuts;
  private final int[][] inputCuts;
  private final float[][] laneSums;
  private final Team.Part forwardPart = this::forwardPart;
  private final Team.Part backwardPart = this::backwardPart;
  private final Team.Part dotsPart = this::dotsPart;
  private final Team.Part biasPart = this::biasPart;
  private float[] values;
  private float[] gradient;
  private boolean rectified;

  /** What panels are filled from and read into. */
  private record Packings(PixelPacking inputs, PixelPacking outputs) {}

  /**
   * A convolution of images.
   *
   * @param lanes the arithmetic
   * @param most slices at most
   * @param kept the weights
   * @param shape of images, kernels and results
   */
  public KeptConvolution(SparseLanes lanes, Slices most, KeptWeights kept, ConvolutionShape shape) {
    this(
        lanes,
        most,
        kept,
        shape,
        layout ->
            new Packings(
                new ImagePacking(layout.images(), most), new ImagePacking(layout.results(), most)));
  }

  /**
   * A convolution of feature maps, which nothing follows.
   *
   * @param images layout of what is convolved
   * @param results layout of the results
   * @param into what becomes of the gradient of what is convolved
   */
  public KeptConvolution(
      SparseLanes lanes,
      Slices most,
      KeptWeights kept,
      ConvolutionShape shape,
      MapLayout images,
      MapLayout results,
      Into into) {
    this(
        lanes,
        most,
        kept,
        shape,
        layout ->
            new Packings(
                new MapPacking(images, layout.images(), most, into),
                new MapPacking(results, layout.results(), most, Into.REPLACE)));
  }

  private KeptConvolution(
      SparseLanes lanes,
      Slices most,
      KeptWeights kept,
      ConvolutionShape shape,
      Function<ConvolutionLayout, Packings> packings) {
    if (kept.length() != shape.kernelLength()) {
      throw new IllegalArgumentException(
          "Cannot convolve by %d weights: the kernels have %d."
              .formatted(kept.length(), shape.kernelLength()));
    }
    this.lanes = lanes;
    this.out = shape.outputs();
    this.products =
        (long) kept.count() * shape.batch() * shape.resultHeight() * shape.resultWidth();
    this.slices = Work.slices(products, most.count());
    this.structure =
        kept.structure(
            shape, ConvolutionStructure.class, given -> ConvolutionStructure.of(kept, given));
    ConvolutionLayout layout = ConvolutionLayout.of(shape);
    this.panels = ConvolutionPanels.of(layout);
    this.ones = Ones.of(out, panels.resultWidth());
    Packings both = packings.apply(layout);
    this.inputs = both.inputs();
    this.outputs = both.outputs();
    this.frame = new Frame(new float[out], Float.NEGATIVE_INFINITY);
    this.atLeastZero = new Frame(frame.initial(), 0f);
    this.biasSums = new float[out];
    this.transposed = structure.valuesByInput();
    this.gradients = structure.valuesByInput();
    this.outputCuts = structure.byOutput().cut(slices);
    this.inputCuts =
        structure.byInput().stream()
            .map(phase -> phase.structure().cut(slices))
            .toArray(int[][]::new);
    this.laneSums = new float[slices][];
    for (int i = 0; i < slices; i++) {
      laneSums[i] = Dots.lanes(structure.widest());
    }
  }

  @Override
  public int outputs() {
    return out;
  }

  @Override
  public long products() {
    return products;
  }

  @Override
  public void forward(
      Activations from, float[] kept, Values bias, Activation activation, Activations to) {
    inputs.in(from, panels.images());
    if (bias == null) {
      Arrays.fill(frame.initial(), 0f);
    } else {
      FloatValues.require(bias).read(0, frame.initial(), out);
    }
    rectified = activation == Activation.RELU;
    values = kept;
    Team.ofThread().run(slices, forwardPart);
    outputs.out(panels.results(), to);
  }

  private void forwardPart(int slice, int member) {
    Frame first = rectified ? atLeastZero : frame;
    Block block = new Block(outputCuts[slice], outputCuts[slice + 1], 0, panels.resultWidth());
    for (int row = 0; row < panels.windows().length; row++) {
      Panel x = panels.windows()[row];
      lanes.multiply(structure.byOutput(), values, x, first, panels.resultRows()[row], block);
    }
  }

  @Override
  public void backward(
      Activations delta,
      float[] kept,
      Values biasGradient,
      float[] keptGradient,
      Activations inputGradient) {
    if (rectified) {
      outputs.gate(delta, panels.results());
    } else {
      outputs.in(delta, panels.results());
    }
    if (biasGradient != null) {
      Team.ofThread().run(slices, biasPart);
      FloatValues.require(biasGradient).write(0, biasSums, out);
    }
    values = kept;
    gradient = keptGradient;
    if (inputGradient == null) {
      Team.ofThread().run(slices, dotsPart);
    } else {
      Team.ofThread().run(slices, backwardPart);
      inputs.out(panels.images(), inputGradient);
    }
  }

  private void biasPart(int slice, int member) {
    int first = Slices.start(slice, slices, out);
    Block block = new Block(first, Slices.start(slice + 1, slices, out), 0, panels.resultWidth());
    Arrays.fill(biasSums, first, block.endRow(), 0f);
    Dots dots = new Dots(biasSums, laneSums[slice]);
    for (Panel row : panels.resultRows()) {
      lanes.dots(ones.rows(), row, ones.panel(), dots, block);
    }
  }

  private void dotsPart(int slice, int member) {
    SparseRows rows = structure.byOutput();
    Block block = new Block(outputCuts[slice], outputCuts[slice + 1], 0, panels.resultWidth());
    Arrays.fill(gradient, rows.start()[block.firstRow()], rows.start()[block.endRow()], 0f);
    Dots dots = new Dots(gradient, laneSums[slice]);
    for (int row = 0; row < panels.windows().length; row++) {
      lanes.dots(rows, panels.resultRows()[row], panels.windows()[row], dots, block);
    }
  }

  private void backwardPart(int slice, int member) {
    for (int phase = 0; phase < inputCuts.length; phase++) {
      int[] cuts = inputCuts[phase];
      backward(phase, new Block(cuts[slice], cuts[slice + 1], 0, panels.imageWidth()), slice);
    }
  }

  private void backward(int phase, Block block, int slice) {
    SparseRows rows = structure.byInput().get(phase).structure();
    int[] flat = structure.byInput().get(phase).flat();
    float[] weights = transposed[phase];
    float[] sums = gradients[phase];
    int first = rows.start()[block.firstRow()];
    int end = rows.start()[block.endRow()];
    for (int e = first; e < end; e++) {
      weights[e] = values[flat[e]];
    }
    Arrays.fill(sums, first, end, 0f);
    Dots dots = new Dots(sums, laneSums[slice]);
    Panel[] own = panels.imageRows()[phase];
    for (int row = 0; row < own.length; row++) {
      Panel x = own[row];
      lanes.differentiate(rows, weights, panels.gradientWindows()[row], x, x, dots, block);
    }
    for (int e = first; e < end; e++) {
      gradient[flat[e]] = sums[e];
    }
  }
}
