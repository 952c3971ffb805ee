package org.espalier.sparsity;

/**
 * RigL, the rigged lottery (Evci et al. 2020): sparse from the first step, at constant sparsity; an
 * update drops the smallest weights and grows those whose averaged loss gradient is largest, which
 * begin at zero.
 *
 * <p>Memory: one bit per weight for the mask, one float per weight of the longest tensor during an
 * update, and the averaged gradients of the step before it.
 *
 * @param exchange of the connections
 */
public record RiggedLottery(ConnectionExchange exchange) implements ExchangingMethod {
  @Override
  public MaskSet next(AveragedState state) {
    float[] gradients = state.gradients();
    return exchange.next(
        state,
        (tensor, scores) -> {
          for (int i = 0; i < tensor.length(); i++) {
            scores[i] = Math.abs(gradients[tensor.offset() + i]);
          }
        });
  }

  @Override
  public boolean needsGradients() {
    return true;
  }

  @Override
  public String toString() {
    return "rigl(" + exchange + ")";
  }

  /** {@code sparsity.method = rigl}. */
  public static final class Provider implements ExchangingMethod.Provider {
    @Override
    public String name() {
      return "rigl";
    }

    @Override
    public MaskingMethod create(MaskingContext context) {
      return new RiggedLottery(ConnectionExchange.of(context));
    }
  }
}
