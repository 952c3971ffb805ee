package org.espalier.sparsity;

import org.espalier.base.Mix64;

/**
 * Sparse evolutionary training (Mocanu et al. 2018): sparse from the first step, at constant
 * sparsity; an update drops the smallest weights and grows random ones, which begin at zero.
 *
 * <p>Memory: one bit per weight for the mask, one float per weight of the longest tensor during an
 * update; what is drawn is a function of (seed, step, tensor, index).
 *
 * @param exchange of the connections
 */
public record SparseEvolution(ConnectionExchange exchange) implements ExchangingMethod {
  private static final long GROWTH = Mix64.of("growth of sparse evolutionary training");

  @Override
  public MaskSet next(AveragedState state) {
    long drawn = Mix64.key(exchange.seed(), GROWTH, state.step());
    return exchange.next(
        state,
        (tensor, scores) -> {
          long key = Mix64.key(drawn, Mix64.of(tensor.name()));
          for (int i = 0; i < tensor.length(); i++) {
            scores[i] = Score.uniform(key, i);
          }
        });
  }

  @Override
  public String toString() {
    return "set(" + exchange + ")";
  }

  /** {@code sparsity.method = set}. */
  public static final class Provider implements ExchangingMethod.Provider {
    @Override
    public String name() {
      return "set";
    }

    @Override
    public MaskingMethod create(MaskingContext context) {
      return new SparseEvolution(ConnectionExchange.of(context));
    }
  }
}
