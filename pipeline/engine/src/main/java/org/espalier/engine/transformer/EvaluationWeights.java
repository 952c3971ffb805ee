package org.espalier.engine.transformer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.engine.kernel.Values;

/** The weights of the decoder and the table in evaluation, copied once. Owns them until closed. */
final class EvaluationWeights implements AutoCloseable {
  private final Map<String, Values> byKey = new HashMap<>();

  EvaluationWeights(TransformerHost host, TransformerShape shape) {
    copy(host, Transformer.TABLE);
    for (Sublayer sublayer : Sublayer.ofDecoder(shape)) {
      boolean feedForward = sublayer.kind() == Sublayer.Kind.FEED_FORWARD;
      List<String> keys =
          feedForward
              ? List.of(sublayer.inner(), sublayer.outer())
              : List.of(sublayer.queries(), sublayer.keys(), sublayer.values(), sublayer.output());
      keys.forEach(key -> copy(host, key));
    }
  }

  private void copy(TransformerHost host, String key) {
    Values weights = host.parameters(key);
    Values own = weights.sameType(weights.length());
    host.weights(key).estimate(own);
    byKey.put(key, own);
  }

  Values of(String key) {
    return byKey.get(key);
  }

  @Override
  public void close() {
    byKey.values().forEach(Values::release);
  }
}
