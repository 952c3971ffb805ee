package org.espalier.sparsity;

import org.espalier.base.Mix64;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;

/**
 * Sparse evolutionary training (Mocanu et al. 2018): sparse from the first step, at constant
 * sparsity; an update drops the smallest weights and grows random ones, which begin at zero.
 *
 * <p>Memory: one bit per weight for the mask, one float per weight of the longest tensor during an
 * update; what is drawn is a function of (seed, step, tensor, index).
 *
 * @param exchange of the connections
 */
public record SparseEvolution(ConnectionExchange exchange) implements MaskingMethod {
  private static final long GROWTH = Mix64.of("growth of sparse evolutionary training");

  @Override
  public void validate(SparseTensors tensors, long lastStep) {
    exchange.plan().validate(tensors, lastStep);
  }

  @Override
  public MaskSet initial(AveragedState state) {
    return exchange.initial(state);
  }

  @Override
  public boolean due(long step) {
    return exchange.plan().updates().due(step);
  }

  @Override
  public MaskSet next(AveragedState state) {
    long drawn = Mix64.key(exchange.seed(), GROWTH, state.step());
    return exchange.next(
        state,
        (tensor, scores) -> {
          long key = Mix64.key(drawn, Mix64.of(tensor.name()));
          for (int i = 0; i < tensor.length(); i++) {
            scores[i] = ConnectionExchange.uniform(key, i);
          }
        });
  }

  @Override
  public Regrowth regrowth() {
    return Regrowth.ZERO;
  }

  @Override
  public String toString() {
    return "set(" + exchange + ")";
  }

  /** {@code sparsity.method = set}. */
  public static final class Provider implements MaskingMethodProvider {
    @Override
    public String name() {
      return "set";
    }

    @Override
    public Keys keys() {
      return ConnectionExchange.keys();
    }

    @Override
    public void check(Settings settings) {
      PruningKeys.requireTarget(name(), settings);
    }

    @Override
    public MaskingMethod create(MaskingContext context) {
      return new SparseEvolution(ConnectionExchange.of(context));
    }
  }
}
