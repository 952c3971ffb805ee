package org.espalier.experiment;

import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MaskingContext;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.MaskingMethodProvider;

/** A method whose name is taken. */
public final class Namesake implements MaskingMethodProvider {
  @Override
  public String name() {
    return "l0";
  }

  @Override
  public MaskingMethod create(MaskingContext context) {
    return new Dense();
  }
}
