package org.espalier.engine.weights;

import java.util.Optional;
import java.util.function.Function;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.sparse.KeptMap;

/** The form of a linear map over the kept weights alone that it was asked for last. */
public final class KeptForm {
  private final LayerKernels kernels;
  private KeptWeights kept;
  private Optional<KeptMap> map = Optional.empty();

  /** None yet, of these kernels. */
  public KeptForm(LayerKernels kernels) {
    this.kernels = kernels;
  }

  /** The form over some weights, made where it is not that of before. */
  public Optional<KeptMap> of(KeptWeights wanted, Function<SparseLanes, KeptMap> maker) {
    if (kept != wanted) {
      kept = wanted;
      map = kernels.sparse().map(maker);
    }
    return map;
  }
}
