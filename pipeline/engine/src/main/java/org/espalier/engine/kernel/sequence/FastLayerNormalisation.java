package org.espalier.engine.kernel.sequence;

import java.util.Arrays;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/**
 * A {@link LayerNormalisation} of blocks of positions, which stay in the cache between the passes
 * over them, in loops over positions that the compiler vectorises. Sums over positions are taken
 * block by block, then in the blocks' order.
 */
final class FastLayerNormalisation implements LayerNormalisation {
  private static final int BLOCK = 128;

  private final Team.Part normalising = this::normalise;
  private final Team.Part differentiating = this::differentiate;
  private Scratch[] scratch = {};
  private float[][] gainSums = {};
  private float[][] shiftSums = {};
  private int features;
  private int positions;
  private FloatValues x;
  private FloatValues y;
  private FloatValues delta;
  private FloatValues moments;
  private float[] gain = {};
  private float[] shift = {};
  private Into into;

  /** Arrays of one thread. */
  private static final class Scratch {
    final float[] x;
    final float[] delta;
    final float[] row = new float[BLOCK];
    final float[] before = new float[BLOCK];
    final float[] mean = new float[BLOCK];
    final float[] inverse = new float[BLOCK];
    final float[] sums = new float[BLOCK];
    final float[] products = new float[BLOCK];

    Scratch(int features) {
      x = new float[features * BLOCK];
      delta = new float[features * BLOCK];
    }
  }

  @Override
  public void forward(Values input, Affine affine, Values toKeep, Values result) {
    operands(input, affine, toKeep);
    y = FloatValues.require(result);
    Team.ofThread().run(blocks(), normalising);
  }

  private void operands(Values input, Affine affine, Values kept) {
    if (features != affine.gain().length()) {
      features = affine.gain().length();
      gain = new float[features];
      shift = new float[features];
      scratch = new Scratch[0];
    }
    positions = input.rows(features);
    x = FloatValues.require(input);
    moments = FloatValues.require(kept);
    FloatValues.require(affine.gain()).read(0, gain, features);
    FloatValues.require(affine.shift()).read(0, shift, features);
    int threads = Team.ofThread().size();
    while (scratch.length < threads) {
      scratch = Arrays.copyOf(scratch, scratch.length + 1);
      scratch[scratch.length - 1] = new Scratch(features);
    }
  }

  private int blocks() {
    return (positions + BLOCK - 1) / BLOCK;
  }

  private void read(FloatValues from, int first, int count, float[] to) {
    for (int f = 0; f < features; f++) {
      from.read(f * positions + first, to, f * BLOCK, count);
    }
  }

  private void normalise(int block, int member) {
    Scratch s = scratch[member];
    int first = block * BLOCK;
    int count = Math.min(BLOCK, positions - first);
    read(x, first, count, s.x);
    Arrays.fill(s.mean, 0f);
    for (int f = 0; f < features; f++) {
      add(s.x, f * BLOCK, s.mean, count);
    }
    scale(s.mean, 1f / features, count);
    Arrays.fill(s.sums, 0f);
    for (int f = 0; f < features; f++) {
      addSquares(s.x, f * BLOCK, s.mean, s.sums, count);
    }
    for (int i = 0; i < count; i++) {
      s.inverse[i] = (float) (1 / Math.sqrt((double) s.sums[i] / features + EPSILON));
    }
    for (int f = 0; f < features; f++) {
      normalise(s.x, f * BLOCK, s, gain[f], shift[f], count);
      y.write(f * positions + first, s.row, count);
    }
    moments.write(first, s.mean, count);
    moments.write(positions + first, s.inverse, count);
  }

  private static void add(float[] x, int at, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += x[at + i];
    }
  }

  private static void scale(float[] x, float by, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= by;
    }
  }

  private static void addSquares(float[] x, int at, float[] mean, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      float distance = x[at + i] - mean[i];
      sums[i] += distance * distance;
    }
  }

  private static void normalise(float[] x, int at, Scratch s, float by, float plus, int count) {
    float[] row = s.row;
    float[] mean = s.mean;
    float[] inverse = s.inverse;
    for (int i = 0; i < count; i++) {
      row[i] = (x[at + i] - mean[i]) * inverse[i] * by + plus;
    }
  }

  @Override
  public void backward(
      Values input,
      Affine affine,
      Values kept,
      Values outputGradient,
      Affine gradient,
      Values inputGradient,
      Into what) {
    operands(input, affine, kept);
    delta = FloatValues.require(outputGradient);
    y = FloatValues.require(inputGradient);
    into = what;
    if (gainSums.length < blocks() || gainSums[0].length != features) {
      gainSums = new float[blocks()][features];
      shiftSums = new float[blocks()][features];
    }
    Team.ofThread().run(blocks(), differentiating);
    write(gainSums, gradient.gain());
    write(shiftSums, gradient.shift());
  }

  private void write(float[][] sums, Values to) {
    for (int block = 1; block < blocks(); block++) {
      add(sums[block], 0, sums[0], features);
    }
    FloatValues.require(to).write(0, sums[0], features);
  }

  private void differentiate(int block, int member) {
    Scratch s = scratch[member];
    int first = block * BLOCK;
    int count = Math.min(BLOCK, positions - first);
    read(x, first, count, s.x);
    read(delta, first, count, s.delta);
    moments.read(first, s.mean, count);
    moments.read(positions + first, s.inverse, count);
    Arrays.fill(s.sums, 0f);
    Arrays.fill(s.products, 0f);
    for (int f = 0; f < features; f++) {
      int at = f * BLOCK;
      toNormal(s.x, at, s.mean, s.inverse, count);
      multiply(s.x, s.delta, at, s.row, count);
      gainSums[block][f] = FloatSums.of(s.row, count);
      System.arraycopy(s.delta, at, s.row, 0, count);
      shiftSums[block][f] = FloatSums.of(s.row, count);
      addProducts(s.x, s.delta, at, gain[f], s.sums, s.products, count);
    }
    scale(s.sums, 1f / features, count);
    scale(s.products, 1f / features, count);
    for (int f = 0; f < features; f++) {
      combine(s, f * BLOCK, gain[f], count);
      if (into == Into.ADD) {
        y.read(f * positions + first, s.before, count);
        add(s.before, 0, s.row, count);
      }
      y.write(f * positions + first, s.row, count);
    }
  }

  private static void toNormal(float[] x, int at, float[] mean, float[] inverse, int count) {
    for (int i = 0; i < count; i++) {
      x[at + i] = (x[at + i] - mean[i]) * inverse[i];
    }
  }

  private static void multiply(float[] a, float[] b, int at, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[at + i] * b[at + i];
    }
  }

  private static void addProducts(
      float[] normal, float[] delta, int at, float by, float[] sums, float[] products, int count) {
    for (int i = 0; i < count; i++) {
      float scaled = delta[at + i] * by;
      sums[i] += scaled;
      products[i] += scaled * normal[at + i];
    }
  }

  private static void combine(Scratch s, int at, float by, int count) {
    float[] row = s.row;
    float[] delta = s.delta;
    float[] normal = s.x;
    float[] inverse = s.inverse;
    float[] sums = s.sums;
    float[] products = s.products;
    for (int i = 0; i < count; i++) {
      row[i] = inverse[i] * (delta[at + i] * by - sums[i] - normal[at + i] * products[i]);
    }
  }
}
