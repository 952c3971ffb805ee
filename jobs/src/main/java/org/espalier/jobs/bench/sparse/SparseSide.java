package org.espalier.jobs.bench.sparse;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.sparse.KeptMap;

/**
 * A layer over its kept weights alone.
 *
 * @param weights values of the kept weights, in flat order
 */
record SparseSide(KeptMap map, float[] weights, float[] keptGradient, LayerBatch batch)
    implements LayerSide {
  @Override
  public void forward() {
    map.forward(batch.input(), weights, null, Activation.IDENTITY, batch.output());
  }

  @Override
  public void backward() {
    map.backward(batch.delta(), weights, null, keptGradient, batch.inputGradient());
  }
}
