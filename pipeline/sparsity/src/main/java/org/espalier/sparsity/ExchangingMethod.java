package org.espalier.sparsity;

import java.util.List;
import java.util.Optional;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;

/** What methods share that exchange connections: all but the score of what grows. */
interface ExchangingMethod extends MaskingMethod {
  /** The exchange of the connections. */
  ConnectionExchange exchange();

  @Override
  default void validate(SparseTensors tensors, long lastStep) {
    exchange().plan().validate(tensors, lastStep);
  }

  @Override
  default MaskSet initial(AveragedState state) {
    return exchange().initial(state);
  }

  @Override
  default boolean due(long step) {
    return exchange().plan().updates().due(step);
  }

  /** As many as at the beginning: an update grows what it drops. */
  @Override
  default Optional<List<Integer>> keptAtEnd(SparseTensors tensors) {
    return exchange().plan().keptAtEnd(tensors);
  }

  @Override
  default Regrowth regrowth() {
    return Regrowth.ZERO;
  }

  /** The keys and checks of such a method. */
  interface Provider extends MaskingMethodProvider {
    @Override
    default Keys keys() {
      return ConnectionExchange.keys();
    }

    @Override
    default void check(Settings settings) {
      PruningKeys.requireTarget(name(), settings);
    }
  }
}
