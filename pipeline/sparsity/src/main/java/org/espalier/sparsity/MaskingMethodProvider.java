package org.espalier.sparsity;

/**
 * A masking method that a configuration can name.
 *
 * <p>Found by a line with its class in {@code
 * META-INF/services/org.espalier.sparsity.MaskingMethodProvider}, in this project or in any jar on
 * the class path. A public class with a public constructor without parameters. A method that prunes
 * by a plan implements {@link PruningMethodProvider}.
 */
public interface MaskingMethodProvider extends SparsityMethodProvider {
  /**
   * The method.
   *
   * @throws org.espalier.base.Refusal if something that it needs is missing or impossible
   */
  MaskingMethod create(MaskingContext context);
}
