package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.Values;

/** {@link TokenPasses} as the formulas read, one value at a time. */
final class ReferenceTokenPasses implements TokenPasses {
  @Override
  public void embed(
      Values rows,
      Values factors,
      Values positions,
      Values places,
      Values addend,
      Dropout dropout,
      Values y) {
    int tokens = factors.length();
    int features = rows.rows(tokens);
    for (int f = 0; f < features; f++) {
      for (int t = 0; t < tokens; t++) {
        int i = f * tokens + t;
        double sum = factors.get(t) * rows.get(t * features + f);
        int position = (int) positions.get(t);
        sum += places.get(position * features + f);
        sum += addend == null ? 0 : addend.get(f);
        y.set(i, sum * dropout.factor(i));
      }
    }
  }

  @Override
  public void embedGradient(
      Values delta, Values factors, Dropout dropout, Values addendGradient, Values rowsGradient) {
    int tokens = factors.length();
    int features = delta.rows(tokens);
    joinGradient(delta, dropout, addendGradient, delta);
    for (int f = 0; f < features; f++) {
      for (int t = 0; t < tokens; t++) {
        rowsGradient.set(t * features + f, factors.get(t) * delta.get(f * tokens + t));
      }
    }
  }

  @Override
  public void rectify(Values h, Values bias, Dropout dropout) {
    int tokens = h.rows(bias.length());
    for (int i = 0; i < h.length(); i++) {
      h.set(i, Math.max(h.get(i) + bias.get(i / tokens), 0) * dropout.factor(i));
    }
  }

  @Override
  public void rectifyGradient(Values h, double rate, Values delta, Values biasGradient) {
    for (int i = 0; i < h.length(); i++) {
      delta.set(i, h.get(i) > 0 ? delta.get(i) / (1 - rate) : 0);
    }
    sum(delta, biasGradient);
  }

  @Override
  public void join(Values x, Values branch, Values bias, Dropout dropout, Values y) {
    int tokens = bias == null ? 1 : x.rows(bias.length());
    for (int i = 0; i < x.length(); i++) {
      double sum = branch.get(i) + (bias == null ? 0 : bias.get(i / tokens));
      y.set(i, x.get(i) + sum * dropout.factor(i));
    }
  }

  @Override
  public void joinGradient(
      Values delta, Dropout dropout, Values biasGradient, Values branchGradient) {
    for (int i = 0; i < delta.length(); i++) {
      branchGradient.set(i, delta.get(i) * dropout.factor(i));
    }
    if (biasGradient != null) {
      sum(branchGradient, biasGradient);
    }
  }

  private static void sum(Values rows, Values sums) {
    int tokens = rows.rows(sums.length());
    for (int f = 0; f < sums.length(); f++) {
      double sum = 0;
      for (int t = 0; t < tokens; t++) {
        sum += rows.get(f * tokens + t);
      }
      sums.set(f, sum);
    }
  }
}
