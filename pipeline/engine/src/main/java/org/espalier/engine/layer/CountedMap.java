package org.espalier.engine.layer;

import java.util.Optional;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.sparse.KeptMap;
import org.espalier.engine.weights.LinearMap;

/** A linear map whose multiply-adds are counted, over kept weights alone too. */
public final class CountedMap implements LinearMap {
  private final LinearMap map;
  private final ProductCount count;
  private Optional<KeptMap> kept = Optional.empty();
  private Optional<KeptMap> counted = Optional.empty();

  /** A map whose multiply-adds are added to a count. */
  public CountedMap(LinearMap map, ProductCount count) {
    this.map = map;
    this.count = count;
  }

  @Override
  public int outputs() {
    return map.outputs();
  }

  @Override
  public long products() {
    return map.products();
  }

  @Override
  public void expect(double share) {
    count.expect(Math.round(share * products()));
  }

  @Override
  public void forward(Values x, Values weights, Values y) {
    map.forward(x, weights, y);
    count.add(products());
  }

  @Override
  public void backwardInput(Values delta, Values weights, Values inputGradient) {
    map.backwardInput(delta, weights, inputGradient);
    count.add(products());
  }

  @Override
  public boolean adds() {
    return map.adds();
  }

  @Override
  public void backwardWeights(Values x, Values delta, Values weightGradient) {
    map.backwardWeights(x, delta, weightGradient);
    count.add(products());
  }

  @Override
  public Optional<KeptMap> over(KeptWeights weights) {
    Optional<KeptMap> over = map.over(weights);
    if (!over.equals(kept)) {
      kept = over;
      counted = over.map(each -> new CountedKeptMap(each, products(), count));
    }
    return counted;
  }

  @Override
  public void close() {
    map.close();
  }
}
