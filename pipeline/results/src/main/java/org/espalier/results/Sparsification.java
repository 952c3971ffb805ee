package org.espalier.results;

import java.util.OptionalDouble;

/**
 * How weights were removed.
 *
 * @param method the method's name: {@value #DENSE}, {@code magnitude}, {@code random} ...
 * @param target the sparsity aimed at, in [0, 1]; absent where the method takes none (dense
 *     training, variational dropout, L0)
 * @param threshold the evaluation threshold on log alpha; present for variational dropout only
 * @param maskedGradient whether masked weights receive a gradient: {@code none} (what produced the
 *     paper's numbers) or {@code dense} (what its prose says)
 */
public record Sparsification(
    String method, OptionalDouble target, OptionalDouble threshold, String maskedGradient) {

  /** The name of training without any sparsification, the reference of every curve. */
  public static final String DENSE = "dense";

  public Sparsification {
    Require.text(method, "method");
    target.ifPresent(value -> Require.fraction(value, "a target sparsity"));
    Require.text(maskedGradient, "masked-gradient semantics");
  }

  /** Whether this is the reference that keeps every weight. */
  public boolean isDense() {
    return method.equals(DENSE);
  }
}
