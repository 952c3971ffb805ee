package org.espalier.engine.kernel.maps;

import java.util.Arrays;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Team;
import org.espalier.engine.kernel.Values;

/**
 * A {@link MapNormalisation} a channel at a time, which stays in the cache between the passes over
 * it, in loops that the compiler vectorises. Sums are taken place by place of the pieces in
 * float32, then over the places in float64.
 */
final class FastNormalisation implements MapNormalisation {
  /** Two factors of this make at least 1 of every positive float32. */
  private static final float HUGE = 0x1p127f;

  private final NormalisationShape shape;
  private final MapLayout from;
  private final MapLayout to;
  private final MapPieces pieces;
  private final Gaps gaps;
  private final boolean rectified;
  private final double[] means;
  private final double[] variances;
  private final Team.Part training = this::train;
  private final Team.Part evaluating = this::evaluate;
  private final Team.Part differentiating = this::differentiate;
  private Scratch[] scratch = {};
  private FloatValues x;
  private FloatValues y;
  private FloatValues addend;
  private FloatValues delta;
  private FloatValues inputGradient;
  private Affine affine;
  private Affine gradient;
  private Moments given;
  private Into into;

  /** Arrays of one thread. */
  private static final class Scratch {
    final float[] x;
    final float[] y;
    final float[] other;
    final float[] sums;
    final float[] products;

    Scratch(int length) {
      x = new float[length];
      y = new float[length];
      other = new float[length];
      sums = new float[length];
      products = new float[length];
    }
  }

  /** A normalisation of a shape. */
  FastNormalisation(NormalisationShape shape) {
    this.shape = shape;
    this.from = shape.from();
    this.to = shape.to();
    this.pieces = MapPieces.of(from, to, shape.addends());
    this.gaps = new Gaps(from);
    this.rectified = shape.activation() == Activation.RELU;
    this.means = new double[from.channels()];
    this.variances = new double[from.channels()];
  }

  @Override
  public void train(Values maps, Affine parameters, Values toAdd, Values result) {
    operands(maps, parameters, toAdd, result);
    run(training);
  }

  @Override
  public void evaluate(
      Values maps, Affine parameters, Moments moments, Values toAdd, Values result) {
    operands(maps, parameters, toAdd, result);
    given = moments;
    run(evaluating);
  }

  private void operands(Values maps, Affine parameters, Values toAdd, Values result) {
    x = FloatValues.require(maps);
    affine = parameters;
    addend = toAdd == null ? null : FloatValues.require(toAdd);
    y = FloatValues.require(result);
  }

  private void run(Team.Part part) {
    Team team = Team.ofThread();
    while (scratch.length < team.size()) {
      scratch = Arrays.copyOf(scratch, scratch.length + 1);
      scratch[scratch.length - 1] = new Scratch(pieces.longest());
    }
    team.run(from.channels(), part);
  }

  private void train(int channel, int member) {
    Scratch s = scratch[member];
    float pivot = (float) x.get(channel * from.channelLength() + from.place(0, 0));
    clear(s);
    for (int piece = 0; piece < pieces.count(); piece++) {
      pieces.read(x, from, channel, piece, s.x);
      addMoments(s.x, pivot, s.sums, s.products, pieces.length(piece));
    }
    double count = from.positions();
    double distance = sum(s.sums) / count;
    means[channel] = pivot + distance;
    variances[channel] = Math.max(0, sum(s.products) / count - distance * distance);
    normalise(channel, means[channel], variances[channel], s);
  }

  private void evaluate(int channel, int member) {
    normalise(channel, given.mean().get(channel), given.variance().get(channel), scratch[member]);
  }

  private void normalise(int channel, double mean, double variance, Scratch s) {
    double factor = affine.scale().get(channel) / Math.sqrt(variance + shape.epsilon());
    float by = (float) factor;
    float plus = (float) (affine.shift().get(channel) - mean * factor);
    for (int piece = 0; piece < pieces.count(); piece++) {
      int count = pieces.length(piece);
      pieces.read(x, from, channel, piece, s.x);
      if (addend == null) {
        scale(s.x, by, plus, s.y, count);
      } else {
        pieces.read(addend, shape.addends(), channel, piece, s.other);
        scaleAndAdd(s.x, by, plus, s.other, s.y, count);
      }
      if (rectified) {
        rectify(s.y, count);
      }
      pieces.write(y, to, channel, piece, s.y);
    }
  }

  @Override
  public void backward(
      Values maps,
      Values result,
      Values resultGradient,
      Affine parameters,
      Affine parameterGradient,
      Values mapGradient,
      Into what) {
    operands(maps, parameters, null, result);
    delta = FloatValues.require(resultGradient);
    gradient = parameterGradient;
    inputGradient = FloatValues.require(mapGradient);
    into = what;
    run(differentiating);
  }

  private void differentiate(int channel, int member) {
    Scratch s = scratch[member];
    float mean = (float) means[channel];
    clear(s);
    for (int piece = 0; piece < pieces.count(); piece++) {
      int count = pieces.length(piece);
      pieces.read(delta, to, channel, piece, s.other);
      if (rectified) {
        pieces.read(y, to, channel, piece, s.y);
        gate(s.other, s.y, count);
        pieces.write(delta, to, channel, piece, s.other);
      }
      pieces.read(x, from, channel, piece, s.x);
      addProducts(s.other, s.x, mean, s.sums, s.products, count);
    }
    double inverse = 1 / Math.sqrt(variances[channel] + shape.epsilon());
    double count = from.positions();
    double sum = sum(s.sums);
    double product = sum(s.products) + (mean - means[channel]) * sum;
    gradient.shift().set(channel, sum);
    gradient.scale().set(channel, product * inverse);
    double factor = affine.scale().get(channel) * inverse;
    double slope = -factor * inverse * inverse * product / count;
    double constant = -factor * sum / count - slope * means[channel];
    toInput(channel, (float) factor, (float) slope, (float) constant, s);
  }

  private void toInput(int channel, float factor, float slope, float constant, Scratch s) {
    for (int piece = 0; piece < pieces.count(); piece++) {
      pieces.read(delta, to, channel, piece, s.other);
      pieces.read(x, from, channel, piece, s.x);
      int count = pieces.length(piece);
      combine(s.other, factor, s.x, slope, constant, count);
      if (into == Into.ADD) {
        pieces.read(inputGradient, from, channel, piece, s.x);
        add(s.other, s.x, count);
      }
      pieces.write(inputGradient, from, channel, piece, s.other);
    }
    if (into == Into.REPLACE) {
      gaps.clear(inputGradient, channel);
    }
  }

  @Override
  public void moveMoments(Moments running, double momentum, Moments toSubtract) {
    ReferenceNormalisation.move(means, 1, running.mean(), momentum, toSubtract.mean());
    ReferenceNormalisation.move(
        variances,
        ReferenceNormalisation.unbiased(from),
        running.variance(),
        momentum,
        toSubtract.variance());
  }

  private static void clear(Scratch s) {
    Arrays.fill(s.sums, 0f);
    Arrays.fill(s.products, 0f);
  }

  /** In four sums, so that none waits for another. */
  private static double sum(float[] values) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 4 <= values.length; i += 4) {
      first += values[i];
      second += values[i + 1];
      third += values[i + 2];
      fourth += values[i + 3];
    }
    for (; i < values.length; i++) {
      first += values[i];
    }
    return (first + second) + (third + fourth);
  }

  private static void addMoments(float[] x, float pivot, float[] sums, float[] squares, int count) {
    for (int i = 0; i < count; i++) {
      float distance = x[i] - pivot;
      sums[i] += distance;
      squares[i] += distance * distance;
    }
  }

  private static void addProducts(
      float[] delta, float[] x, float mean, float[] sums, float[] products, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += delta[i];
      products[i] += delta[i] * (x[i] - mean);
    }
  }

  private static void scale(float[] x, float by, float plus, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = x[i] * by + plus;
    }
  }

  private static void scaleAndAdd(
      float[] x, float by, float plus, float[] other, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = x[i] * by + plus + other[i];
    }
  }

  private static void rectify(float[] y, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.max(y[i], 0f);
    }
  }

  private static void gate(float[] delta, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      delta[i] *= Math.min(y[i] * HUGE * HUGE, 1f);
    }
  }

  private static void add(float[] sum, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += x[i];
    }
  }

  private static void combine(
      float[] delta, float factor, float[] x, float slope, float constant, int count) {
    for (int i = 0; i < count; i++) {
      delta[i] = delta[i] * factor + x[i] * slope + constant;
    }
  }
}
