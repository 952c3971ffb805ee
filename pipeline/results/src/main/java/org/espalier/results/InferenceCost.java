package org.espalier.results;

/**
 * The multiply-adds of one example's forward pass by weights: one for every weight at every
 * position that it is applied at.
 *
 * @param dense with all weights
 * @param kept with those that are not masked, in [0, dense]
 */
public record InferenceCost(long dense, long kept) {

  public InferenceCost {
    Require.atLeast(0, dense, "a count of multiply-adds");
    if (kept < 0 || kept > dense) {
      throw new IllegalArgumentException(
          "Cannot record %d multiply-adds with kept weights: with all weights there are %d"
              .formatted(kept, dense));
    }
  }
}
