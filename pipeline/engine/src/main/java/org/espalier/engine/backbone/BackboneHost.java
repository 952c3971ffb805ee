package org.espalier.engine.backbone;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapKernels;
import org.espalier.engine.layer.ProductCount;
import org.espalier.engine.weights.WeightTensor;

/** What the passes of a backbone ask of the vertex that they belong to. */
interface BackboneHost {
  LayerKernels kernels();

  /** The same for feature maps. */
  MapKernels maps();

  /** The kernels of a convolution. */
  WeightTensor weights(String node);

  /** The multiply-adds with the kernels of a convolution. */
  ProductCount count(String node);

  /** The values of a tensor. */
  Values parameters(String key);

  /** The gradient of a tensor. */
  Values gradients(String key);
}
