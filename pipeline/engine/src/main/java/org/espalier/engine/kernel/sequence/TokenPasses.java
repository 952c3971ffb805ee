package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.Values;

/**
 * What is done with the activations of tokens between products and normalisations. Used by one
 * thread at a time; deterministic.
 */
public interface TokenPasses {
  /**
   * Embedded tokens: {@code y[f, t] = dropout(factors[t] * rows[t, f] + places[positions[t], f] +
   * addend[f])}.
   *
   * @param rows `[tokens, features]`, the tokens' rows of a table
   * @param factors `[tokens]`
   * @param positions `[tokens]`, whole numbers from 0
   * @param places `[more than any position, features]`
   * @param addend `[features]`, or null for none
   * @param y `[features, tokens]`, overwritten
   */
  void embed(
      Values rows,
      Values factors,
      Values positions,
      Values places,
      Values addend,
      Dropout dropout,
      Values y);

  /**
   * The backward pass of {@link #embed}.
   *
   * @param delta gradient of y, changed
   * @param addendGradient `[features]`, overwritten; null for none
   * @param rowsGradient `[tokens, features]`, overwritten
   */
  void embedGradient(
      Values delta, Values factors, Dropout dropout, Values addendGradient, Values rowsGradient);

  /**
   * {@code h = dropout(max(h + bias, 0))}.
   *
   * @param h `[features, tokens]`
   * @param bias `[features]`
   */
  void rectify(Values h, Values bias, Dropout dropout);

  /**
   * The backward pass of {@link #rectify}, which needs no noise: what was dropped is 0.
   *
   * @param h what {@link #rectify} left
   * @param rate of its dropout
   * @param delta gradient of h, changed to that before
   * @param biasGradient `[features]`, overwritten
   */
  void rectifyGradient(Values h, double rate, Values delta, Values biasGradient);

  /**
   * The end of a branch of a residual network: {@code y = x + dropout(branch + bias)}.
   *
   * @param x `[features, tokens]`
   * @param branch `[features, tokens]`
   * @param bias `[features]`, or null for none
   * @param y `[features, tokens]`, overwritten
   */
  void join(Values x, Values branch, Values bias, Dropout dropout, Values y);

  /**
   * The backward pass of {@link #join} into the branch.
   *
   * @param delta gradient of y, which is that of x too
   * @param biasGradient `[features]`, overwritten; null for none
   * @param branchGradient `[features, tokens]`, overwritten
   */
  void joinGradient(Values delta, Dropout dropout, Values biasGradient, Values branchGradient);
}
