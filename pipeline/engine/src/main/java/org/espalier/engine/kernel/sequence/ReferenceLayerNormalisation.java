package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/** A {@link LayerNormalisation} as the formulas read, one position at a time. */
final class ReferenceLayerNormalisation implements LayerNormalisation {
  @Override
  public void forward(Values x, Affine affine, Values moments, Values y) {
    int features = affine.gain().length();
    int positions = x.rows(features);
    for (int t = 0; t < positions; t++) {
      double sum = 0;
      for (int f = 0; f < features; f++) {
        sum += x.get(f * positions + t);
      }
      double mean = sum / features;
      double squares = 0;
      for (int f = 0; f < features; f++) {
        double distance = x.get(f * positions + t) - mean;
        squares += distance * distance;
      }
      double inverse = 1 / Math.sqrt(squares / features + EPSILON);
      moments.set(t, mean);
      moments.set(positions + t, inverse);
      for (int f = 0; f < features; f++) {
        int i = f * positions + t;
        double normal = (x.get(i) - mean) * inverse;
        y.set(i, affine.gain().get(f) * normal + affine.shift().get(f));
      }
    }
  }

  @Override
  public void backward(
      Values x,
      Affine affine,
      Values moments,
      Values delta,
      Affine gradient,
      Values inputGradient,
      Into into) {
    int features = affine.gain().length();
    int positions = x.rows(features);
    gradient.gain().fill(0);
    gradient.shift().fill(0);
    for (int t = 0; t < positions; t++) {
      double mean = moments.get(t);
      double inverse = moments.get(positions + t);
      double sum = 0;
      double product = 0;
      for (int f = 0; f < features; f++) {
        int i = f * positions + t;
        double normal = (x.get(i) - mean) * inverse;
        double scaled = delta.get(i) * affine.gain().get(f);
        sum += scaled;
        product += scaled * normal;
        gradient.gain().set(f, gradient.gain().get(f) + delta.get(i) * normal);
        gradient.shift().set(f, gradient.shift().get(f) + delta.get(i));
      }
      for (int f = 0; f < features; f++) {
        int i = f * positions + t;
        double normal = (x.get(i) - mean) * inverse;
        double scaled = delta.get(i) * affine.gain().get(f);
        double value = inverse * (scaled - sum / features - normal * product / features);
        inputGradient.set(i, into == Into.ADD ? inputGradient.get(i) + value : value);
      }
    }
  }
}
