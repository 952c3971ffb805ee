package org.espalier.sparsity;

import org.espalier.base.settings.Variant;

/**
 * A way to sparsify that {@code sparsity.method} can name: its name, its keys, and how it is made
 * of a configuration. There are two kinds, {@link MaskingMethodProvider} for methods that hold
 * masks, and one for methods whose weights are drawn.
 */
public interface SparsityMethodProvider extends Variant {
  /**
   * What a user should do who gave {@code sparsity.target} to a method that does not read it;
   * completes the sentence "Cannot reach sparsity.target = 0.9 with this method: ...".
   */
  default String insteadOfTarget() {
    return "choose a method that prunes, such as magnitude";
  }
}
