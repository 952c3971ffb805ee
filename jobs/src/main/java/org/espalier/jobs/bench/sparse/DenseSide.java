package org.espalier.jobs.bench.sparse;

import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.weights.LinearMap;

/**
 * A layer over all weights, the masked ones zero.
 *
 * @param kept the weights whose gradients are told
 */
record DenseSide(
    LinearMap map, Values weights, Values weightGradient, KeptWeights kept, LayerBatch batch)
    implements LayerSide {
  @Override
  public void forward() {
    map.forward(batch.input().values(), weights, batch.output().values());
  }

  @Override
  public void backward() {
    map.backwardInput(batch.delta().values(), weights, batch.inputGradient().values());
    map.backwardWeights(batch.input().values(), batch.delta().values(), weightGradient);
  }

  @Override
  public float[] keptGradient() {
    float[] gradient = new float[kept.count()];
    FloatValues.require(weightGradient).gather(kept.indices(), gradient);
    return gradient;
  }
}
