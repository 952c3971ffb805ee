package org.espalier.jobs.bench;

import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.Values;

/** One product of two square matrices. */
final class ProductSteps {
  private static final double GIGA = 1e9;

  private ProductSteps() {}

  static KernelWorkload.Step of(ProductShape shape) {
    Products products = Kernels.chosen().products();
    Values a = Values.floats(shape.m() * shape.k());
    Values b = Values.floats(shape.k() * shape.n());
    Values c = Values.floats(shape.m() * shape.n());
    Kernels.chosen().rows().addNormal(a, 1, Noise.stream(1), a);
    Kernels.chosen().rows().addNormal(b, 1, Noise.stream(2), b);
    double operations = 2.0 * shape.m() * shape.n() * shape.k();
    return new KernelWorkload.Step(
        "gemm" + shape.m() + "(GFLOP)", operations / GIGA, () -> products.multiply(shape, a, b, c));
  }
}
