package org.espalier.jobs.bench.sparse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The break-even of a layer whose activations lie feature by feature, and where they turn. */
record LayerBreakEven(LayerShape shape, BreakEven sparse, BreakEven turning) {
  /** The break-even of one layer's figures, by rising sparsity. */
  static LayerBreakEven of(List<LayerFigures> figures) {
    return new LayerBreakEven(
        figures.get(0).shape(),
        BreakEven.of(figures, Turn::sparse),
        BreakEven.of(figures, Turn::turning));
  }

  /** All of it by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("shape", shape.toString());
    values.put("sparse", sparse.values());
    values.put("turning", turning.values());
    return values;
  }
}
