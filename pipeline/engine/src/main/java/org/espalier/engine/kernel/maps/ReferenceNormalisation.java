package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/** A {@link MapNormalisation} as its definition reads, in double precision. */
final class ReferenceNormalisation implements MapNormalisation {
  private final NormalisationShape shape;
  private final MapLayout from;
  private final MapLayout to;
  private final MapLayout added;
  private final double[] means;
  private final double[] variances;

  /** A normalisation of a shape. */
  ReferenceNormalisation(NormalisationShape shape) {
    this.shape = shape;
    this.from = shape.from();
    this.to = shape.to();
    this.added = shape.addends();
    this.means = new double[from.channels()];
    this.variances = new double[from.channels()];
  }

  /** What is done with each value: where it lies in x, in y and in what is added. */
  private interface Visitor {
    void at(int x, int y, int addend);
  }

  @Override
  public void train(Values x, Affine affine, Values addend, Values y) {
    for (int channel = 0; channel < means.length; channel++) {
      double[] sums = new double[2];
      visit(channel, (i, j, k) -> sums[0] += x.get(i));
      double mean = sums[0] / from.positions();
      visit(channel, (i, j, k) -> sums[1] += (x.get(i) - mean) * (x.get(i) - mean));
      means[channel] = mean;
      variances[channel] = sums[1] / from.positions();
      normalise(channel, mean, variances[channel], x, affine, addend, y);
    }
  }

  @Override
  public void evaluate(Values x, Affine affine, Moments moments, Values addend, Values y) {
    for (int channel = 0; channel < means.length; channel++) {
      double mean = moments.mean().get(channel);
      normalise(channel, mean, moments.variance().get(channel), x, affine, addend, y);
    }
  }

  private void normalise(
      int channel, double mean, double variance, Values x, Affine affine, Values addend, Values y) {
    double factor = affine.scale().get(channel) / Math.sqrt(variance + shape.epsilon());
    double shift = affine.shift().get(channel);
    visit(
        channel,
        (i, j, k) -> {
          double sum = factor * (x.get(i) - mean) + shift + (addend == null ? 0 : addend.get(k));
          y.set(j, shape.activation() == Activation.RELU ? Math.max(sum, 0) : sum);
        });
  }

  @Override
  public void backward(
      Values x,
      Values y,
      Values delta,
      Affine affine,
      Affine gradient,
      Values inputGradient,
      Into into) {
    if (into == Into.REPLACE) {
      inputGradient.fill(0);
    }
    for (int channel = 0; channel < means.length; channel++) {
      double mean = means[channel];
      double deviation = Math.sqrt(variances[channel] + shape.epsilon());
      double[] sums = new double[2];
      visit(
          channel,
          (i, j, k) -> {
            if (shape.activation() == Activation.RELU && !(y.get(j) > 0)) {
              delta.set(j, 0);
            }
            sums[0] += delta.get(j);
            sums[1] += delta.get(j) * (x.get(i) - mean) / deviation;
          });
      gradient.shift().set(channel, sums[0]);
      gradient.scale().set(channel, sums[1]);
      double factor = affine.scale().get(channel) / deviation;
      double count = from.positions();
      visit(
          channel,
          (i, j, k) -> {
            double normal = (x.get(i) - mean) / deviation;
            double before = into == Into.ADD ? inputGradient.get(i) : 0;
            double own = delta.get(j) - sums[0] / count - normal * sums[1] / count;
            inputGradient.set(i, before + factor * own);
          });
    }
  }

  @Override
  public void moveMoments(Moments running, double momentum, Moments gradient) {
    move(means, 1, running.mean(), momentum, gradient.mean());
    move(variances, unbiased(from), running.variance(), momentum, gradient.variance());
  }

  static double unbiased(MapLayout maps) {
    double count = maps.positions();
    return count > 1 ? count / (count - 1) : 1;
  }

  static void move(double[] ofBatch, double factor, Values old, double momentum, Values gradient) {
    for (int channel = 0; channel < ofBatch.length; channel++) {
      gradient.set(channel, (1 - momentum) * (old.get(channel) - factor * ofBatch[channel]));
    }
  }

  private void visit(int channel, Visitor visitor) {
    for (int row = 0; row < from.height(); row++) {
      for (int column = 0; column < from.width(); column++) {
        int x = channel * from.channelLength() + from.place(row, column);
        int y = channel * to.channelLength() + to.place(row, column);
        int addend = channel * added.channelLength() + added.place(row, column);
        for (int image = 0; image < from.images(); image++) {
          visitor.at(x + image, y + image, addend + image);
        }
      }
    }
  }
}
