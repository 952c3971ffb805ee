package org.espalier.engine.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.weights.ConvolutionMap;
import org.espalier.engine.weights.LinearMap;
import org.espalier.engine.weights.MatrixMap;

/** The linear maps of a layer, one for each shape of a batch; owns them. */
final class LinearMaps implements AutoCloseable {
  /** Batches of so many shapes keep their native objects: training's, and the last of an epoch. */
  private static final int SHAPES_KEPT = 2;

  private final LayerKernels kernels;
  private final ProductCount count;
  private final Map<Geometry, LinearMap> maps = new LinkedHashMap<>(4, 0.75f, true);

  LinearMaps(LayerKernels kernels, ProductCount count) {
    this.kernels = kernels;
    this.count = count;
  }

  LinearMap of(Geometry geometry) {
    LinearMap map = maps.get(geometry);
    if (map == null) {
      map = new CountedMap(make(geometry), count);
      maps.put(geometry, map);
      if (maps.size() > SHAPES_KEPT) {
        var oldest = maps.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
    }
    return map;
  }

  private LinearMap make(Geometry geometry) {
    if (geometry.convolution() != null) {
      return new ConvolutionMap(kernels, geometry.convolution());
    }
    return new MatrixMap(
        kernels,
        geometry.rows(),
        geometry.inputLength() / geometry.rows(),
        geometry.resultLength() / geometry.rows());
  }

  @Override
  public void close() {
    maps.values().forEach(LinearMap::close);
    maps.clear();
  }
}
